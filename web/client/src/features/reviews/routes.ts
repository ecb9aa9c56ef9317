import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/shared', component: () => import('./SharedPage.vue'), meta: { title: 'review.sharedTitle' } },
]
