import { createRouter, createWebHistory } from 'vue-router'
import type { Permission } from '@/api/types'
import { routes as accounts } from '@/features/accounts/routes'
import { routes as admin } from '@/features/admin/routes'
import { routes as alerts } from '@/features/alerts/routes'
import { routes as areas } from '@/features/areas/routes'
import { routes as audit } from '@/features/audit/routes'
import { routes as bookings } from '@/features/bookings/routes'
import { routes as books } from '@/features/books/routes'
import { routes as dashboards } from '@/features/dashboards/routes'
import { routes as district } from '@/features/district/routes'
import { routes as forms } from '@/features/forms/routes'
import { routes as identity } from '@/features/identity/routes'
import { routes as imports } from '@/features/imports/routes'
import { routes as lessons } from '@/features/lessons/routes'
import { routes as machinetokens } from '@/features/machinetokens/routes'
import { routes as observations } from '@/features/observations/routes'
import { routes as ownaccount } from '@/features/ownaccount/routes'
import { routes as patrols } from '@/features/patrols/routes'
import { routes as recordings } from '@/features/recordings/routes'
import { routes as rectifications } from '@/features/rectifications/routes'
import { routes as reviews } from '@/features/reviews/routes'
import { routes as rooms } from '@/features/rooms/routes'
import { routes as schools } from '@/features/schools/routes'
import { routes as timetable } from '@/features/timetable/routes'
import { routes as visits } from '@/features/visits/routes'
import { backFrom } from './back'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** i18n key of the page's name, for the window's title. */
    title: string
    /** Can be seen without a session. */
    open?: boolean
    /** What one must be allowed to see it. */
    permission?: Permission
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...identity,
    ...district,
    ...schools,
    ...dashboards,
    ...rooms,
    ...visits,
    ...patrols,
    ...lessons,
    ...timetable,
    ...reviews,
    ...observations,
    ...forms,
    ...recordings,
    ...rectifications,
    ...bookings,
    ...accounts,
    ...ownaccount,
    ...machinetokens,
    ...admin,
    ...areas,
    ...alerts,
    ...audit,
    ...books,
    ...imports,
    {
      path: '/forbidden',
      component: () => import('./NoticePage.vue'),
      props: { kind: 'forbidden' },
      meta: { title: 'notice.forbidden.title' },
    },
    {
      path: '/:rest(.*)*',
      component: () => import('./NoticePage.vue'),
      props: { kind: 'missing' },
      meta: { title: 'notice.missing.title', open: true },
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  const session = useSession()
  try {
    await session.restore()
  } catch {
    // The sign-in page explains that the server cannot be reached, and tries again from there.
    if (to.path !== '/login') return { path: '/login', query: { back: to.fullPath } }
    return true
  }
  if (to.path === '/login' && session.user) return backFrom(to) ?? session.home
  if (to.meta.open) return true
  if (!session.user) return { path: '/login', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  // Until that is done the server answers nothing else.
  if (session.user.mustSetUpSecondFactor && to.path !== '/account') return '/account'
  if (to.path === '/' && !session.may('watchDistrict')) return session.home
  if (to.meta.permission && !session.may(to.meta.permission)) return { path: '/forbidden', replace: true }
  return true
})
