import { defineAsyncComponent } from 'vue'

/** What is told above every page, to those who can do something about it. */
export const alerts = [defineAsyncComponent(() => import('./ClockAlert.vue'))]
