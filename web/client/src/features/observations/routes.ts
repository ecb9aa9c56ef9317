import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/observations',
    component: () => import('./ObservationsPage.vue'),
    meta: { title: 'observations.title', permission: 'seeLessons' },
  },
  {
    path: '/observations/:observationId',
    component: () => import('./ObservationPage.vue'),
    props: true,
    meta: { title: 'observations.title', permission: 'seeLessons' },
  },
]
