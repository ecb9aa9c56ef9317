import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/bookings',
    component: () => import('./BookingsPage.vue'),
    meta: { title: 'bookings.title', permission: 'askForRecordings' },
  },
]
