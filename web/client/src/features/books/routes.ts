import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/admin/books', redirect: '/admin/books/rooms' },
  {
    path: '/admin/books/:book',
    component: () => import('./BooksPage.vue'),
    meta: { title: 'books.title', permission: 'manageBooks' },
  },
]
