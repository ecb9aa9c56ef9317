import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/audit',
    component: () => import('./AuditPage.vue'),
    meta: { title: 'audit.title', permission: 'readAudit' },
  },
]
