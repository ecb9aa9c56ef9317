import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api'
import type { ClockView } from '@/api/types'
import { i18n } from '@/app/i18n'
import ClockAlert from './ClockAlert.vue'

vi.mock('@/live/hub', () => ({ live: { status: { value: 'idle' }, follow: () => () => {} } }))

const held: ClockView = {
  held: 'jump',
  now: '2027-01-08T08:00:00Z',
  expected: '2026-11-29T08:00:00Z',
  recordings: 3,
  recordingBytes: 2_000_000_000,
  lessons: 41,
}

describe('the notice of a clock that jumped', () => {
  beforeEach(() => vi.restoreAllMocks())

  it('is not there while the clock is believed', async () => {
    vi.spyOn(api, 'clock').mockResolvedValue({ ...held, held: null })
    const shown = mount(ClockAlert, { global: { plugins: [i18n] } })
    await flushPromises()
    expect(shown.find('[role=alert]').exists()).toBe(false)
  })

  it('says what would be deleted and goes once an administrator has confirmed', async () => {
    const look = vi.spyOn(api, 'clock').mockResolvedValue(held)
    const confirm = vi.spyOn(api, 'confirmClock').mockResolvedValue()
    const shown = mount(ClockAlert, { global: { plugins: [i18n] } })
    await flushPromises()
    expect(shown.text()).toContain('41')
    look.mockResolvedValue({ ...held, held: null })
    await shown.find('button').trigger('click')
    await flushPromises()
    expect(confirm).toHaveBeenCalledOnce()
    expect(shown.find('[role=alert]').exists()).toBe(false)
  })
})
