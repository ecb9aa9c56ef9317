import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import { ApiError } from '@/api/http'
import type { Permission, Reach, School, SessionUser } from '@/api/types'

/** Who is signed in, and the schools that this person may see. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<SessionUser | null>(null)
  const schools = shallowRef<readonly School[]>([])
  let looked = false

  const granted = computed(
    () => new Map(user.value?.permissions.map(({ permission, reach }): [Permission, Reach] => [permission, reach])),
  )
  /** The page where a person starts: the district, or for who does not see it the own school. */
  const home = computed(() =>
    !may('watchDistrict') && user.value?.schoolId ? `/schools/${encodeURIComponent(user.value.schoolId)}` : '/',
  )

  /** Whether the person has a permission, however far it reaches. */
  function may(permission: Permission): boolean {
    return granted.value.has(permission)
  }

  /** How far a permission of the person reaches. */
  function reachOf(permission: Permission): Reach {
    return granted.value.get(permission) ?? 'none'
  }

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

  return { user, schools, home, may, reachOf, restore, signIn, signOut, forget, loadSchools }
})
