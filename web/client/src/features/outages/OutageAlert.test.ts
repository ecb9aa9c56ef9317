import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api'
import type { OutageView } from '@/api/types'
import { i18n } from '@/app/i18n'
import OutageAlert from './OutageAlert.vue'

vi.mock('@/live/hub', () => ({ live: { status: { value: 'idle' }, follow: () => () => {} } }))

async function shownOf(view: OutageView): Promise<string | null> {
  vi.spyOn(api, 'outage').mockResolvedValue(view)
  const shown = mount(OutageAlert, { global: { plugins: [i18n] } })
  await flushPromises()
  const alert = shown.find('[role=alert]')
  return alert.exists() ? alert.text() : null
}

describe('the notice of a database that is out', () => {
  beforeEach(() => vi.restoreAllMocks())

  it('is not there while all is on record', async () => {
    expect(await shownOf({ since: null, waitingLessons: 0 })).toBeNull()
  })

  it('says since when, and how many lessons wait', async () => {
    const since = '2026-12-01T08:00:00Z'
    expect(await shownOf({ since, waitingLessons: 0 })).not.toContain('节课')
    expect(await shownOf({ since, waitingLessons: 30 })).toContain('30 节课')
  })

  it('stays until the lessons are on record', async () => {
    expect(await shownOf({ since: null, waitingLessons: 4 })).toContain('正在补存 4 节课')
  })
})
