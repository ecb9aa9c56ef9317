import { mount } from '@vue/test-utils'
import { shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import type { CameraMedia, OpenVisit, RoomMedia, ViewerMedia, VisitMedia } from '@/api/types'
import { i18n } from '@/app/i18n'
import MediaBadges from './MediaBadges.vue'
import type { WhepClient, WhepState } from './whep'

interface Case {
  state?: WhepState
  silentFor?: number
  media?: VisitMedia
  viewer?: Partial<ViewerMedia>
  audioCodec?: CameraMedia['audioCodec']
}

function badges({
  state = 'playing',
  silentFor = 0,
  media = 'both',
  viewer = {},
  audioCodec = 'opus',
}: Case): string[] {
  const visit: OpenVisit = { visitId: 'v1', roomId: 's01-101', purpose: '', media, from: '', watermark: '' }
  const client = { state: shallowRef(state), silentFor } as unknown as WhepClient
  const server = { roomId: 's01-101', camera: { audioCodec }, viewers: [viewer] } as unknown as RoomMedia
  const shown = mount(MediaBadges, { props: { visit, client, server }, global: { plugins: [i18n] } })
  return shown.findAll('li').map((badge) => badge.text())
}

describe('the badges of a visit', () => {
  it('are none while all is well', () => {
    expect(badges({})).toEqual([])
  })

  it('say for how long the picture has stood still', () => {
    expect(badges({ state: 'stalled', silentFor: 4_300 })).toEqual(['画面停住 4 秒，正在等下一帧'])
  })

  it('say that the picture is held back, and do not also call it frozen or reduced', () => {
    expect(badges({ state: 'paused', silentFor: 9_000, viewer: { videoPaused: true, layerReduced: true } })).toEqual([
      '画面暂停：网络太慢，只保留声音',
    ])
  })

  it('say that the picture is of a lower layer', () => {
    expect(badges({ viewer: { layerReduced: true } })).toEqual(['网络较慢，已降低画质'])
  })

  it('tell sound that cannot be played from no sound, to those who listen', () => {
    expect(badges({ audioCodec: 'unplayable' })).toEqual(['浏览器不能播放此音频'])
    expect(badges({ audioCodec: 'none' })).toEqual(['这间教室没有声音'])
    expect(badges({ audioCodec: 'unplayable', media: 'video' })).toEqual([])
  })
})
