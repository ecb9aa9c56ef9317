import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/patrol',
    component: () => import('./PatrolPage.vue'),
    meta: { title: 'patrols.title', permission: 'patrol' },
  },
  {
    path: '/patrols',
    component: () => import('./PatrolsPage.vue'),
    meta: { title: 'patrols.listTitle', permission: 'seePatrols' },
  },
  {
    path: '/patrols/coverage',
    component: () => import('./CoveragePage.vue'),
    meta: { title: 'patrols.coverageTitle', permission: 'patrol' },
  },
]
