import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { useSession } from '@/app/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** i18n key of the page's name, for the window's title. */
    title: string
    /** Can be seen without a session. */
    open?: boolean
    administrator?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: () => import('@/pages/LoginPage.vue'), meta: { title: 'login.title', open: true } },
    { path: '/', component: () => import('@/pages/DistrictPage.vue'), meta: { title: 'district.title' } },
    {
      path: '/schools/:schoolId',
      component: () => import('@/pages/SchoolPage.vue'),
      props: true,
      meta: { title: 'school.title' },
    },
    {
      path: '/rooms/:roomId',
      component: () => import('@/pages/RoomPage.vue'),
      props: true,
      meta: { title: 'room.title' },
    },
    { path: '/visits', component: () => import('@/pages/VisitsPage.vue'), meta: { title: 'visits.title' } },
    { path: '/lessons', component: () => import('@/pages/LessonsPage.vue'), meta: { title: 'lessons.title' } },
    {
      path: '/lessons/:lessonId',
      component: () => import('@/pages/LessonPage.vue'),
      props: true,
      meta: { title: 'lessons.title' },
    },
    { path: '/recordings', component: () => import('@/pages/RecordingsPage.vue'), meta: { title: 'recordings.title' } },
    {
      path: '/recordings/:recordingId',
      component: () => import('@/pages/RecordingPage.vue'),
      props: true,
      meta: { title: 'player.title' },
    },
    {
      path: '/admin/rooms',
      component: () => import('@/pages/AdminRoomsPage.vue'),
      meta: { title: 'admin.title', administrator: true },
    },
    {
      path: '/admin/rooms/:roomId/areas',
      component: () => import('@/pages/RoomAreasPage.vue'),
      props: true,
      meta: { title: 'areas.title', administrator: true },
    },
    {
      path: '/admin/visits',
      component: () => import('@/pages/VisitRulesPage.vue'),
      meta: { title: 'rules.title', administrator: true },
    },
    {
      path: '/forbidden',
      component: () => import('@/pages/NoticePage.vue'),
      props: { kind: 'forbidden' },
      meta: { title: 'notice.forbidden.title' },
    },
    {
      path: '/:rest(.*)*',
      component: () => import('@/pages/NoticePage.vue'),
      props: { kind: 'missing' },
      meta: { title: 'notice.missing.title', open: true },
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Where sign-in leads back to; only paths of this application count. */
export function backFrom(route: RouteLocationNormalized): string | null {
  const back = route.query.back
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : null
}

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
  if (to.path === '/' && session.user.role === 'principal') return session.home
  if (to.meta.administrator && !session.isAdministrator) return { path: '/forbidden', replace: true }
  return true
})
