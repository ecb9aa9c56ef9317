import { defineAsyncComponent } from 'vue'
import type { Alert } from '@/app/alert'

export const alerts: Alert[] = [
  { permission: 'manageClock', shown: defineAsyncComponent(() => import('./ClockAlert.vue')) },
]
