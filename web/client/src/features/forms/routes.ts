import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/forms',
    component: () => import('./FormsPage.vue'),
    meta: { title: 'forms.title', permission: 'seeForms' },
  },
  {
    path: '/forms/:formId',
    component: () => import('./FormPage.vue'),
    props: true,
    meta: { title: 'forms.title', permission: 'seeForms' },
  },
]
