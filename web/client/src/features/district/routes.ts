import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./DistrictPage.vue'), meta: { title: 'district.title' } },
]
