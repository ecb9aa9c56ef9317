import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { title: 'accounts.title', permission: 'manageAccounts' },
  },
  {
    path: '/invitation',
    component: () => import('./InvitationPage.vue'),
    meta: { title: 'invitation.title', open: true },
  },
]
