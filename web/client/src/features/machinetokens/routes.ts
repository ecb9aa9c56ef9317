import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/tokens',
    component: () => import('./MachineTokensPage.vue'),
    meta: { title: 'machineTokens.title', permission: 'manageMachines' },
  },
]
