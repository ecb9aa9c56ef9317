import { describe, expect, it } from 'vitest'
import type { HistoryPoint } from '@/api/types'
import { roomView } from '@/live/testViews'
import { append, join, means, pointOf, seriesOf } from './series'

const start = Date.parse('2026-03-02T08:00:00Z')
const point = (seconds: number, changes: Partial<HistoryPoint> = {}): HistoryPoint => ({
  ...pointOf(roomView('s01-301')),
  at: new Date(start + 1000 * seconds).toISOString(),
  ...changes,
})
const seconds = (points: readonly HistoryPoint[]) => points.map(({ at }) => (Date.parse(at) - start) / 1000)

describe('append', () => {
  it('takes each moment once and in order', () => {
    let points = append([], point(1))
    points = append(points, point(1))
    points = append(points, point(0))
    points = append(points, point(2))
    expect(seconds(points)).toEqual([1, 2])
  })
  it('drops what is older than ten minutes', () => {
    expect(seconds(append([point(0), point(300)], point(700)))).toEqual([300, 700])
    expect(seconds(append([point(0)], point(7000)))).toEqual([7000])
  })
})

describe('join', () => {
  it('prefers what arrived live over the history that overlaps it', () => {
    const joined = join([point(0), point(1), point(2)], [point(2, { people: 7 }), point(3)])
    expect(seconds(joined)).toEqual([0, 1, 2, 3])
    expect(joined[2].people).toBe(7)
  })
  it('is the history alone where nothing arrived', () => {
    expect(seconds(join([point(0)], []))).toEqual([0])
  })
})

describe('seriesOf', () => {
  it('breaks the line where nothing was sampled', () => {
    const cells = seriesOf([point(0), point(1), point(30)], () => 5, 6000)
    expect(cells.map(([, value]) => value)).toEqual([5, 5, null, 5])
  })
  it('keeps a missing rate missing', () => {
    expect(seriesOf([point(0)], () => null, 6000)).toEqual([[start, null]])
  })
})

describe('means', () => {
  it('averages counts over steps of the clock', () => {
    const coarse = means([point(0, { headsUp: 10 }), point(4, { headsUp: 20 }), point(5, { headsUp: 7 })], 5000)
    expect(coarse.map(({ headsUp }) => headsUp)).toEqual([15, 7])
    expect(seconds(coarse)).toEqual([0, 5])
  })
})
