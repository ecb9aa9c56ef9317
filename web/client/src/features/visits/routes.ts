import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/visits', component: () => import('./VisitsPage.vue'), meta: { title: 'visits.title' } },
  {
    path: '/admin/visits',
    component: () => import('./VisitRulesPage.vue'),
    meta: { title: 'rules.title', permission: 'manageVisitRules' },
  },
]
