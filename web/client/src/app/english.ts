import accounts from '@/features/accounts/en'
import admin from '@/features/admin/en'
import alerts from '@/features/alerts/en'
import areas from '@/features/areas/en'
import audit from '@/features/audit/en'
import bookings from '@/features/bookings/en'
import books from '@/features/books/en'
import cameras from '@/features/cameras/en'
import clock from '@/features/clock/en'
import dashboards from '@/features/dashboards/en'
import district from '@/features/district/en'
import duties from '@/features/duties/en'
import forms from '@/features/forms/en'
import identity from '@/features/identity/en'
import imports from '@/features/imports/en'
import lessons from '@/features/lessons/en'
import machinetokens from '@/features/machinetokens/en'
import media from '@/features/media/en'
import observations from '@/features/observations/en'
import outages from '@/features/outages/en'
import ownaccount from '@/features/ownaccount/en'
import patrols from '@/features/patrols/en'
import recordings from '@/features/recordings/en'
import rectifications from '@/features/rectifications/en'
import reviews from '@/features/reviews/en'
import rooms from '@/features/rooms/en'
import schools from '@/features/schools/en'
import signinservices from '@/features/signinservices/en'
import timetable from '@/features/timetable/en'
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
  ...accounts,
  ...admin,
  ...alerts,
  ...areas,
  ...audit,
  ...bookings,
  ...books,
  ...cameras,
  ...clock,
  ...dashboards,
  ...district,
  ...duties,
  ...forms,
  ...identity,
  ...imports,
  ...lessons,
  ...machinetokens,
  ...media,
  ...observations,
  ...outages,
  ...ownaccount,
  ...patrols,
  ...recordings,
  ...rectifications,
  ...reviews,
  ...rooms,
  ...schools,
  ...signinservices,
  ...timetable,
  ...visits,
} satisfies typeof chinese
