/** The texts of the whole application, put together from those of its parts. */
import accounts from '@/features/accounts/zh-CN'
import admin from '@/features/admin/zh-CN'
import alerts from '@/features/alerts/zh-CN'
import areas from '@/features/areas/zh-CN'
import audit from '@/features/audit/zh-CN'
import bookings from '@/features/bookings/zh-CN'
import books from '@/features/books/zh-CN'
import cameras from '@/features/cameras/zh-CN'
import clock from '@/features/clock/zh-CN'
import dashboards from '@/features/dashboards/zh-CN'
import district from '@/features/district/zh-CN'
import duties from '@/features/duties/zh-CN'
import forms from '@/features/forms/zh-CN'
import identity from '@/features/identity/zh-CN'
import imports from '@/features/imports/zh-CN'
import lessons from '@/features/lessons/zh-CN'
import machinetokens from '@/features/machinetokens/zh-CN'
import media from '@/features/media/zh-CN'
import observations from '@/features/observations/zh-CN'
import outages from '@/features/outages/zh-CN'
import ownaccount from '@/features/ownaccount/zh-CN'
import patrols from '@/features/patrols/zh-CN'
import recordings from '@/features/recordings/zh-CN'
import rectifications from '@/features/rectifications/zh-CN'
import reviews from '@/features/reviews/zh-CN'
import rooms from '@/features/rooms/zh-CN'
import schools from '@/features/schools/zh-CN'
import signinservices from '@/features/signinservices/zh-CN'
import timetable from '@/features/timetable/zh-CN'
import visits from '@/features/visits/zh-CN'
import live from '@/live/zh-CN'
import poses from '@/poses/zh-CN'
import ui from '@/ui/zh-CN'
import app from './zh-CN'

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
}
