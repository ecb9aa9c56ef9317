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
    () =>
      new Map(
        // Whoever has to set up a second factor first can do nothing else.
        user.value?.mustSetUpSecondFactor
          ? []
          : user.value?.permissions.map(({ permission, reach }): [Permission, Reach] => [permission, reach]),
      ),
  )
  /** The page where a person starts: the district, the own school, a teacher's own week, or what else there is. */
  const home = computed(() => {
    if (user.value?.mustSetUpSecondFactor) return '/account'
    if (may('watchDistrict')) return '/'
    if (reachOf('watchRooms') === 'schools') return '/schools'
    if (may('watchRooms') && user.value?.schoolId) return `/schools/${encodeURIComponent(user.value.schoolId)}`
    if (may('readAudit')) return '/admin/audit'
    if (reachOf('seeLessons') === 'own') return '/week'
    return may('seeLessons') ? '/lessons' : '/visits'
  })

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

  /** @param code of the second factor, once the server has asked for it */
  async function signIn(userName: string, password: string, code?: string): Promise<void> {
    user.value = await api.signIn(userName, password, code)
    looked = true
  }

  /** Asks again who is signed in: what they may do has changed. */
  async function renew(): Promise<void> {
    user.value = await api.session()
  }

  /** Takes over somebody whom another way has signed in. */
  function take(signedIn: SessionUser): void {
    forget()
    user.value = signedIn
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

  /** The schools, asked for once, or anew. */
  async function loadSchools(anew = false): Promise<readonly School[]> {
    if (anew || schools.value.length === 0) schools.value = await api.schools()
    return schools.value
  }

  return { user, schools, home, may, reachOf, restore, renew, signIn, take, signOut, forget, loadSchools }
})
