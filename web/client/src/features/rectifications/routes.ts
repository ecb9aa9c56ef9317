import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/rectifications',
    component: () => import('./RectificationsPage.vue'),
    meta: { title: 'rectifications.title', permission: 'seeRectifications' },
  },
  {
    path: '/rectifications/:rectificationId',
    component: () => import('./RectificationPage.vue'),
    props: true,
    meta: { title: 'rectifications.title', permission: 'seeRectifications' },
  },
]

/** How many are late, beside the page's name in the navigation. */
export const badge = defineAsyncComponent(() => import('./RectificationBadge.vue'))
