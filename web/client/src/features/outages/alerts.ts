import { defineAsyncComponent } from 'vue'
import type { Alert } from '@/app/alert'

export const alerts: Alert[] = [{ permission: null, shown: defineAsyncComponent(() => import('./OutageAlert.vue')) }]
