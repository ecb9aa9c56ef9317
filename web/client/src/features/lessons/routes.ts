import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/lessons', component: () => import('./LessonsPage.vue'), meta: { title: 'lessons.title' } },
  {
    path: '/lessons/:lessonId',
    component: () => import('./LessonPage.vue'),
    props: true,
    meta: { title: 'lessons.title' },
  },
  {
    path: '/lessons/:lessonId/observation',
    component: () => import('./ObservePage.vue'),
    props: true,
    meta: { title: 'observations.one', permission: 'observe' },
  },
]
