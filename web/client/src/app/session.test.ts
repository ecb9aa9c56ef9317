import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api'
import type { SessionUser } from '@/api/types'
import { useSession } from './session'

/** Somebody in a role that this client has never heard of: only what the server grants counts. */
const deputy = {
  userName: 'deputy',
  displayName: '李华',
  role: 'deputy' as SessionUser['role'],
  schoolId: 's01',
  schoolName: '青岚实验小学',
  permissions: [
    { permission: 'seeVisits', reach: 'school' },
    { permission: 'manageRooms', reach: 'school' },
  ],
  mustSetUpSecondFactor: false as boolean,
} satisfies SessionUser

describe('what somebody may do', () => {
  beforeEach(() => setActivePinia(createPinia()))

  async function signedIn(user: SessionUser) {
    vi.spyOn(api, 'signIn').mockResolvedValue(user)
    const session = useSession()
    await session.signIn(user.userName, 'correct horse')
    return session
  }

  it('is what the server grants, whatever the role is called', async () => {
    const session = await signedIn(deputy)
    expect(session.may('manageRooms')).toBe(true)
    expect(session.may('manageClock')).toBe(false)
    expect(session.reachOf('seeVisits')).toBe('school')
    expect(session.reachOf('seeRecordings')).toBe('none')
  })

  it('is nothing before signing in and after signing out', async () => {
    expect(useSession().may('seeVisits')).toBe(false)
    vi.spyOn(api, 'signOut').mockResolvedValue()
    const session = await signedIn(deputy)
    await session.signOut()
    expect(session.may('seeVisits')).toBe(false)
  })

  it('says where one starts: at the district, or at the own school', async () => {
    const watching = [...deputy.permissions, { permission: 'watchRooms', reach: 'school' } as const]
    expect((await signedIn({ ...deputy, permissions: watching })).home).toBe('/schools/s01')
    const district = [...watching, { permission: 'watchDistrict', reach: 'district' } as const]
    expect((await signedIn({ ...deputy, permissions: district })).home).toBe('/')
  })

  it('begins at the list of schools for whoever is limited to some', async () => {
    const limited = [{ permission: 'watchRooms', reach: 'schools' } as const]
    expect((await signedIn({ ...deputy, schoolId: null, permissions: limited })).home).toBe('/schools')
  })

  it('is nothing but the own account before a second factor that is required', async () => {
    const session = await signedIn({ ...deputy, mustSetUpSecondFactor: true })
    expect(session.home).toBe('/account')
    expect(session.may('manageRooms')).toBe(false)
  })

  it('says where one starts who watches no room: in the own week, in the audit trail, or at the visits', async () => {
    const teaching = [{ permission: 'seeLessons', reach: 'own' } as const]
    expect((await signedIn({ ...deputy, permissions: teaching })).home).toBe('/week')
    const auditing = [...deputy.permissions, { permission: 'readAudit', reach: 'district' } as const]
    expect((await signedIn({ ...deputy, permissions: auditing })).home).toBe('/admin/audit')
    expect((await signedIn(deputy)).home).toBe('/visits')
  })
})
