import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/schools/:schoolId',
    component: () => import('./SchoolPage.vue'),
    props: true,
    meta: { title: 'school.title' },
  },
]
