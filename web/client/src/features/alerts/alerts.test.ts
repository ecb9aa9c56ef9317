import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '@/app/i18n'
import AlertBadge from './AlertBadge.vue'
import MailChoice from './MailChoice.vue'
import RuleTrial from './RuleTrial.vue'
import { type AlertChoice, type AlertCount, type AlertRule, type AlertTrial, alertsApi } from './alertsApi'
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

const choice: AlertChoice = {
  byMail: false,
  address: null,
  least: 'medium',
  quietFrom: null,
  quietTo: null,
  hasMail: true,
  budgetMinutes: 10,
  toPrincipalMinutes: 5,
  toDistrictMinutes: 15,
}

describe('how somebody is told', () => {
  it('is saved with quiet hours, and tested only as it is saved', async () => {
    vi.spyOn(alertsApi, 'choice')
      .mockResolvedValueOnce(choice)
      .mockResolvedValueOnce({ ...choice, byMail: true, address: 'a@b.cn', quietFrom: '22:00', quietTo: '06:30' })
    const chosen = vi.spyOn(alertsApi, 'choose').mockResolvedValue(undefined)
    vi.spyOn(alertsApi, 'testChoice').mockResolvedValue({ isSent: false, answer: 'SMTP 451' })
    const form = mount(MailChoice, { global: { plugins: [i18n] } })
    await flushPromises()
    const [save, test] = form.findAll('.acts button')
    expect([save.attributes('disabled'), test.attributes('disabled')]).toEqual(['', ''])
    const [byMail, isQuiet] = form.findAll('input[type=checkbox]')
    await byMail.setValue(true)
    await isQuiet.setValue(true)
    await form.find('input[type=email]').setValue(' a@b.cn ')
    await form.find('form').trigger('submit')
    await flushPromises()
    expect(chosen).toHaveBeenCalledWith({
      byMail: true,
      address: 'a@b.cn',
      least: 'medium',
      quietFrom: '22:00',
      quietTo: '06:30',
    })
    await test.trigger('click')
    await flushPromises()
    expect(form.text()).toContain('SMTP 451')
  })
})

describe('the trial of a rule', () => {
  const rule: AlertRule = {
    kind: 'roomEmpty',
    version: 0,
    isOn: true,
    severity: 'medium',
    raiseAt: 2,
    clearAt: 30,
    holdSeconds: 300,
    clearHoldSeconds: 30,
  }
  const trial: AlertTrial = {
    from: '2026-09-01T00:00:00Z',
    to: '2026-09-08T00:00:00Z',
    lessons: 40,
    tried: 30,
    total: 3,
    did: 1,
    days: [{ date: '2026-09-07', would: 3, did: 1 }],
    alerts: [],
  }

  it('shows what would have been raised beside what was, until the numbers change', async () => {
    vi.spyOn(alertsApi, 'tryRule').mockResolvedValue(trial)
    const shown = mount(RuleTrial, { props: { rule, canTry: true, valid: true }, global: { plugins: [i18n] } })
    await shown.find('button').trigger('click')
    await flushPromises()
    expect(shown.findAll('tbody td').map((cell) => cell.text())).toEqual(['09-07', '3', '1'])
    expect(shown.text()).toContain('40')
    await shown.setProps({ rule: { ...rule, raiseAt: 3 } })
    expect(shown.find('table').exists()).toBe(false)
  })

  it('is not offered where nothing is kept', () => {
    const shown = mount(RuleTrial, { props: { rule, canTry: false, valid: true }, global: { plugins: [i18n] } })
    expect(shown.find('button').exists()).toBe(false)
  })
})
