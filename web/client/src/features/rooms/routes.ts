import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/rooms/:roomId', component: () => import('./RoomPage.vue'), props: true, meta: { title: 'room.title' } },
]
