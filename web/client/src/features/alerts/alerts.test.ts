import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '@/app/i18n'
import AlertBadge from './AlertBadge.vue'
import { type AlertCount, alertsApi } from './alertsApi'
import { alertKinds } from './kinds'
import * as tone from './tone'
import en from './en'
import zh from './zh-CN'

let changed: () => void = () => {}
vi.mock('@/live/hub', () => ({
  live: {
    status: { value: 'idle' },
    follow: (_topic: string, _scope: string, heard: { push: () => void }) => {
      changed = heard.push
      return () => {}
    },
  },
}))

async function badgeOf(...counts: AlertCount[]) {
  const asked = vi.spyOn(alertsApi, 'count')
  for (const one of counts) asked.mockResolvedValueOnce(one)
  const badge = mount(AlertBadge, { global: { plugins: [i18n] } })
  await flushPromises()
  for (let more = 1; more < counts.length; more++) {
    changed()
    await flushPromises()
  }
  return badge
}

describe('the badge in the navigation', () => {
  beforeEach(() => {
    vi.restoreAllMocks()
    localStorage.clear()
  })

  it('is not there while nothing severe waits', async () => {
    expect((await badgeOf({ open: 7, severe: 0 })).text()).toBe('')
  })

  it('says how many severe ones wait', async () => {
    expect((await badgeOf({ open: 7, severe: 3 })).text()).toBe('3')
    expect((await badgeOf({ open: 700, severe: 120 })).text()).toBe('99+')
  })

  it('sounds for one more, where this browser is to, and never for what was there before', async () => {
    const sound = vi.spyOn(tone, 'soundIsOn')
    await badgeOf({ open: 1, severe: 1 })
    expect(sound).not.toHaveBeenCalled()
    await badgeOf({ open: 1, severe: 1 }, { open: 2, severe: 2 })
    expect(sound).toHaveBeenCalledTimes(1)
    await badgeOf({ open: 2, severe: 2 }, { open: 1, severe: 1 })
    expect(sound).toHaveBeenCalledTimes(1)
  })
})

describe('the choice of sound', () => {
  it('is off until somebody turns it on, and stays', () => {
    localStorage.clear()
    expect(tone.soundIsOn()).toBe(false)
    tone.turnSound(true)
    expect(tone.soundIsOn()).toBe(true)
    tone.turnSound(false)
    expect(tone.soundIsOn()).toBe(false)
  })
})

it('has a name and a condition for every kind, in both languages', () => {
  for (const texts of [zh.alerts, en.alerts]) {
    expect(Object.keys(texts.kind).toSorted()).toEqual([...alertKinds].toSorted())
    expect(Object.keys(texts.condition).toSorted()).toEqual([...alertKinds].toSorted())
  }
})
