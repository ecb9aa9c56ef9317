import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/schools/:schoolId/hour',
    component: () => import('./HourPage.vue'),
    props: true,
    meta: { title: 'hour.title', permission: 'watchRooms' },
  },
]
