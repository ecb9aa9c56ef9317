import type { Component } from 'vue'
import type { Permission } from '@/api/types'

/** What is told above every page: to those who can do something about it, or to everybody. */
export interface Alert {
  permission: Permission | null
  shown: Component
}
