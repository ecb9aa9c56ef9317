import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import { ApiError } from '@/api/http'
import type { School, SessionUser } from '@/api/types'

/** Who is signed in, and the schools that this person may see. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<SessionUser | null>(null)
  const schools = shallowRef<readonly School[]>([])
  let looked = false

  const isAdministrator = computed(() => user.value?.role === 'administrator')
  const home = computed(() => homeOf(user.value))

  /** Looks once for a session that the cookie still carries. An unreachable server is no answer: it throws. */
  async function restore(): Promise<void> {
    if (looked) return
    try {
      user.value = await api.session()
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
    }
    looked = true
  }

  async function signIn(userName: string, password: string): Promise<void> {
    user.value = await api.signIn(userName, password)
    looked = true
  }

  async function signOut(): Promise<void> {
    try {
      await api.signOut()
    } finally {
      forget()
    }
  }

  function forget(): void {
    user.value = null
    schools.value = []
  }

  async function loadSchools(): Promise<readonly School[]> {
    if (schools.value.length === 0) schools.value = await api.schools()
    return schools.value
  }

  return { user, schools, isAdministrator, home, restore, signIn, signOut, forget, loadSchools }
})

/** The page where a person starts: a principal's is the own school. */
export function homeOf(user: SessionUser | null): string {
  return user?.role === 'principal' && user.schoolId ? `/schools/${encodeURIComponent(user.schoolId)}` : '/'
}
