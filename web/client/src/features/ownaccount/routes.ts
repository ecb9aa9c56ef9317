import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/account', component: () => import('./OwnAccountPage.vue'), meta: { title: 'ownAccount.title' } },
]
