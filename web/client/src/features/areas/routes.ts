import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/rooms/:roomId/areas',
    component: () => import('./RoomAreasPage.vue'),
    props: true,
    meta: { title: 'areas.title', permission: 'manageRooms' },
  },
]
