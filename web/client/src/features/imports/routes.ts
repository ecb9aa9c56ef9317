import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/imports',
    component: () => import('./ImportPage.vue'),
    meta: { title: 'imports.title', permission: 'manageBooks' },
  },
  {
    path: '/admin/imports/lists',
    component: () => import('./ListsPage.vue'),
    meta: { title: 'imports.listsTitle', permission: 'manageBooks' },
  },
]
