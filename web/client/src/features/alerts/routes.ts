import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/alerts',
    component: () => import('./AlertsPage.vue'),
    meta: { title: 'alerts.title', permission: 'seeAlerts' },
  },
  {
    path: '/admin/alert-rules',
    component: () => import('./AlertRulesPage.vue'),
    meta: { title: 'alerts.rules.title', permission: 'manageAlertRules' },
  },
]

/** How many wait for somebody to look now, beside the page's name in the navigation. */
export const badge = defineAsyncComponent(() => import('./AlertBadge.vue'))
