import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/schools',
    component: () => import('./SchoolsPage.vue'),
    meta: { title: 'schools.title', permission: 'watchRooms' },
  },
  {
    path: '/schools/:schoolId',
    component: () => import('./SchoolPage.vue'),
    props: true,
    meta: { title: 'school.title' },
  },
]
