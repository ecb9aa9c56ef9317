import { flushPromises, mount } from '@vue/test-utils'
import { ElMessageBox } from 'element-plus'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api'
import type { RoomLesson } from '@/api/lessons'
import { i18n } from '@/app/i18n'
import { useSession } from '@/app/session'
import LessonSwitch from './LessonSwitch.vue'

vi.mock('@/live/hub', () => ({ live: { status: { value: 'idle' }, follow: () => () => {} } }))

const idle: RoomLesson = { roomId: 'r1', lessonId: null, from: null, until: null, byHand: false, heldUntil: null }
const ongoing: RoomLesson = { ...idle, lessonId: 'l1', from: '2026-11-30T02:00:00Z', until: '2026-11-30T02:40:00Z' }

describe('a lesson begun and ended by hand', () => {
  beforeEach(() => {
    vi.restoreAllMocks()
    setActivePinia(createPinia())
    useSession().user = {
      userName: 'head',
      displayName: '校长',
      role: 'principal',
      schoolId: 's01',
      schoolName: null,
      permissions: [{ permission: 'guideLessons', reach: 'school' }],
    }
  })
  const show = async () => {
    const shown = mount(LessonSwitch, { props: { roomId: 'r1' }, global: { plugins: [i18n] } })
    await flushPromises()
    return shown
  }

  it('begins where none goes on, and ends after a question', async () => {
    vi.spyOn(api, 'roomLesson').mockResolvedValue(idle)
    const begin = vi.spyOn(api, 'beginLesson').mockResolvedValue(ongoing)
    const end = vi.spyOn(api, 'endLesson').mockResolvedValue(idle)
    const ask = vi.spyOn(ElMessageBox, 'confirm').mockRejectedValueOnce('cancel')
    const shown = await show()

    await shown.get('button').trigger('click')
    await flushPromises()
    expect(begin).toHaveBeenCalledWith('r1')
    expect(shown.text()).toContain('记录')

    await shown.get('button').trigger('click')
    await flushPromises()
    expect(end).not.toHaveBeenCalled()
    ask.mockResolvedValueOnce('confirm' as never)
    await shown.get('button').trigger('click')
    await flushPromises()
    expect(end).toHaveBeenCalledWith('r1', 'l1')
  })

  it('is not there for who may not', async () => {
    vi.spyOn(api, 'roomLesson').mockRejectedValue(new Error('forbidden'))
    expect((await show()).find('button').exists()).toBe(false)
  })
})
