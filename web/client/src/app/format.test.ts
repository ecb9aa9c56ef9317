import { describe, expect, it } from 'vitest'
import { clockLength, csv, percent, roughly } from './format'
import { beginOf, lengthOf, searchVisits, visitsAsCsv } from '@/rooms/visitLog'
import type { Visit } from '@/api/types'

describe('texts of figures', () => {
  it('never shows a missing rate as zero', () => {
    expect(percent(null)).toBe('—')
    expect(percent(undefined)).toBe('—')
    expect(percent(0)).toBe('0%')
    expect(percent(0.826)).toBe('83%')
  })
  it.each([
    [-5000, 'seconds', 0],
    [59_999, 'seconds', 59],
    [60_000, 'minutes', 1],
    [3_599_000, 'minutes', 59],
    [7_200_000, 'hours', 2],
    [90_000_000, 'days', 1],
  ] as const)('puts %i ms in its largest whole unit', (length, unit, count) => {
    expect(roughly(length)).toEqual({ unit, count })
  })
  it('writes lengths as on a clock', () => {
    expect(clockLength(65_000)).toBe('1:05')
    expect(clockLength(3_725_000)).toBe('1:02:05')
    expect(clockLength(-1)).toBe('0:00')
  })
})

describe('csv', () => {
  it('quotes what needs it', () => {
    expect(csv([['a', 'b,c', 'say "x"']])).toBe('a,"b,c","say ""x"""\r\n')
  })
  it('keeps a purpose from running as a formula', () => {
    expect(csv([['=HYPERLINK("x")']])).toBe('"\'=HYPERLINK(""x"")"\r\n')
  })
})

describe('visit log', () => {
  const visit: Visit = {
    visitId: 'v1', roomId: 's01-301', roomName: '三年级1班', schoolName: '青岚实验小学', userName: 'inspector', displayName: '王敏',
    purpose: '常态巡课', media: 'video', from: '2026-03-02T08:00:00Z', to: '2026-03-02T08:01:30Z',
  }
  it('measures a visit that goes on to now', () => {
    expect(lengthOf({ ...visit, to: null }, Date.parse('2026-03-02T08:00:10Z'))).toBe(10_000)
    expect(lengthOf(visit, 0)).toBe(90_000)
  })
  it('writes one row a visit under its heads', () => {
    const rows = visitsAsCsv([visit, { ...visit, to: null }], ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], (media) => `<${media}>`, Date.parse('2026-03-02T08:00:10Z')).split('\r\n')
    expect(rows).toHaveLength(4)
    expect(rows[1]).toContain(',1:30,青岚实验小学,三年级1班,王敏,<video>,常态巡课')
    expect(rows[2]).toContain(',,0:10,')
  })
  it('is searched by school, room, person and purpose', () => {
    expect(searchVisits([visit], '王敏')).toHaveLength(1)
    expect(searchVisits([visit], '督导')).toHaveLength(0)
  })
  it('begins periods at midnight', () => {
    const now = new Date(2026, 2, 2, 15, 30)
    expect(beginOf('today', now)).toEqual(new Date(2026, 2, 2))
    expect(beginOf('week', now)).toEqual(new Date(2026, 1, 24))
    expect(beginOf('all', now)).toBeNull()
  })
})
