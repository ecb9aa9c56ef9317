import admin from '@/features/admin/en'
import areas from '@/features/areas/en'
import cameras from '@/features/cameras/en'
import clock from '@/features/clock/en'
import district from '@/features/district/en'
import identity from '@/features/identity/en'
import lessons from '@/features/lessons/en'
import media from '@/features/media/en'
import recordings from '@/features/recordings/en'
import rooms from '@/features/rooms/en'
import schools from '@/features/schools/en'
import visits from '@/features/visits/en'
import live from '@/live/en'
import poses from '@/poses/en'
import ui from '@/ui/en'
import type chinese from './chinese'
import app from './en'

export default {
  ...app,
  ...live,
  ...poses,
  ...ui,
  ...admin,
  ...areas,
  ...cameras,
  ...clock,
  ...district,
  ...identity,
  ...lessons,
  ...media,
  ...recordings,
  ...rooms,
  ...schools,
  ...visits,
} satisfies typeof chinese
