import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { RoomView } from '@/api/types'
import { i18n } from '@/app/i18n'
import { roomView } from '@/live/testViews'
import StateChip from './StateChip.vue'

const chip = (changes: Partial<RoomView>) =>
  mount(StateChip, { props: { view: roomView('s01-101', changes) }, global: { plugins: [i18n] } }).text()

describe('the chip of a room', () => {
  it('says what is wrong with the view of a live camera instead of that it is live', () => {
    expect(chip({ state: 'live', fault: 'view-covered' })).toBe('被遮挡')
    expect(chip({ state: 'live', fault: 'view-frozen', lowConfidence: true })).toBe('画面停住')
  })

  it('says nothing about the view of a camera that has gone', () => {
    expect(chip({ state: 'offline', fault: 'camera-timeout' })).toBe('离线')
    expect(chip({ state: 'live' })).toBe('直播中')
  })
})
