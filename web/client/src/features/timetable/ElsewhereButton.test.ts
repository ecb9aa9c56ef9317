import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '@/app/i18n'
import { useSession } from '@/app/session'
import ElsewhereButton from './ElsewhereButton.vue'
import { lesson } from './testWeek'
import { type RoomNow, timetableApi } from './timetableApi'

vi.mock('@/live/hub', () => ({ live: { status: { value: 'idle' }, follow: () => () => {} } }))

const plan = (changes: Partial<RoomNow>): RoomNow => ({
  roomId: 'r1',
  roomName: '301',
  period: null,
  now: null,
  alsoNow: [],
  usual: null,
  next: null,
  until: null,
  ...changes,
})

describe('class elsewhere in one click', () => {
  beforeEach(() => {
    vi.restoreAllMocks()
    setActivePinia(createPinia())
    useSession().user = {
      userName: 'clerk',
      displayName: '教务',
      role: 'schoolAdministrator',
      schoolId: 's01',
      schoolName: null,
      permissions: [{ permission: 'manageBooks', reach: 'school' }],
      mustSetUpSecondFactor: false,
    }
  })
  const show = async (schoolId = 's01') => {
    const shown = mount(ElsewhereButton, { props: { schoolId, roomId: 'r1' }, global: { plugins: [i18n] } })
    await flushPromises()
    return shown
  }

  it('says that the lesson that goes on is not in the room, and takes that back', async () => {
    const look = vi.spyOn(timetableApi, 'roomNow').mockResolvedValue(plan({ now: lesson() }))
    const change = vi.spyOn(timetableApi, 'change').mockResolvedValue({ step: 's', ids: ['c1'] })
    const takeBack = vi.spyOn(timetableApi, 'takeBack').mockResolvedValue({ step: 's', ids: ['c1'] })
    const shown = await show()
    const away = lesson({ state: 'elsewhere', change: 'elsewhere', changeId: 'c1', roomId: null })
    look.mockResolvedValue(plan({ usual: away }))
    await shown.get('button').trigger('click')
    await flushPromises()
    expect(change).toHaveBeenCalledWith({ schoolId: 's01', entryId: 'e1', date: '2026-10-12', kind: 'elsewhere' })
    expect(shown.text()).toContain('三年级1班 这一节不在教室')
    await shown.get('button').trigger('click')
    await flushPromises()
    expect(takeBack).toHaveBeenCalledWith('c1')
  })

  it('is not there without a lesson, nor for whoever may not change the timetable', async () => {
    const look = vi.spyOn(timetableApi, 'roomNow').mockResolvedValue(plan({}))
    expect((await show()).find('button').exists()).toBe(false)
    look.mockClear()
    look.mockResolvedValue(plan({ now: lesson() }))
    expect((await show('s02')).find('button').exists()).toBe(false)
    expect(look).not.toHaveBeenCalled()
  })
})
