import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/week',
    component: () => import('./WeekPage.vue'),
    meta: { title: 'timetable.mine', permission: 'seeLessons' },
  },
]
