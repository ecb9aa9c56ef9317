import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/recordings', component: () => import('./RecordingsPage.vue'), meta: { title: 'recordings.title' } },
  {
    path: '/recordings/:recordingId',
    component: () => import('./RecordingPage.vue'),
    props: true,
    meta: { title: 'player.title' },
  },
]
