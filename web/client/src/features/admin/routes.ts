import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/rooms',
    component: () => import('./AdminRoomsPage.vue'),
    meta: { title: 'admin.title', permission: 'manageRooms' },
  },
]
