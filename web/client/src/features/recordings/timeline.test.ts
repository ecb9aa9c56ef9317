import { expect, it } from 'vitest'
import type { RecordingPart } from '@/api/types'
import { dataSize } from '@/ui/format'
import { faultOf, gapsOf, lengthOf, locate } from './timeline'

const part = (offsetMilliseconds: number, lengthMilliseconds: number): RecordingPart => ({
  url: '',
  type: 'video/webm',
  offsetMilliseconds,
  lengthMilliseconds,
  width: 1280,
  height: 720,
  hasSound: true,
})
// Two files that join, then a gap of twenty seconds.
const parts = [part(0, 10_000), part(10_100, 5_000), part(35_100, 10_000)]

it('spans all files', () => {
  expect(lengthOf(parts)).toBe(45_100)
  expect(lengthOf([])).toBe(0)
})

it.each([
  [0, 0, 0],
  [9_999, 0, 9_999],
  [10_050, 1, 0],
  [12_000, 1, 1_900],
  [20_000, 2, 0],
  [36_100, 2, 1_000],
  [99_000, 2, 10_000],
])('plays at %i ms file %i from %i ms on', (at, index, within) => {
  expect(locate(parts, at)).toEqual({ index, within })
})

it('leads on where files overlap', () => {
  const overlapping = [part(4_219, 10_236), part(14_179, 12_071)]
  expect(locate(overlapping, 14_179)).toEqual({ index: 1, within: 0 })
  expect(locate(overlapping, 14_178)).toEqual({ index: 0, within: 9_959 })
  expect(locate(overlapping, 0)).toEqual({ index: 0, within: 0 })
})

it('shows what is missing, at the front too, and not where files merely join', () => {
  expect(gapsOf(parts)).toEqual([{ from: 15_100, to: 35_100 }])
  expect(gapsOf([part(3_000, 1_000)])).toEqual([{ from: 0, to: 3_000 }])
})

it('takes a fault apart from its detail', () => {
  expect(faultOf('unplayable-sound:PCMU, PCMA')).toEqual({ code: 'unplayable-sound', detail: 'PCMU, PCMA' })
  expect(faultOf('disk-slow')).toEqual({ code: 'disk-slow', detail: '' })
})

it('writes sizes as people do', () => {
  expect([0, 999, 1_500, 482_000_000, 1_230_000_000, 200e9].map(dataSize)).toEqual([
    '0 B',
    '999 B',
    '1.5 KB',
    '482 MB',
    '1.2 GB',
    '200 GB',
  ])
})
