import { defineAsyncComponent } from 'vue'
import type { Alert } from '@/app/alert'

export const alerts: Alert[] = [
  { permission: 'manageRecordings', shown: defineAsyncComponent(() => import('./StorageAlert.vue')) },
]
