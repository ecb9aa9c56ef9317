import { describe, expect, it } from 'vitest'
import type { Visit } from '@/api/types'
import { lengthOf } from '@/ui/periods'
import { searchVisits, visitsAsCsv } from './visitLog'

describe('visit log', () => {
  const visit: Visit = {
    visitId: 'v1',
    roomId: 's01-301',
    roomName: '三年级1班',
    schoolName: '青岚实验小学',
    userName: 'inspector',
    displayName: '王敏',
    purpose: '常态巡课',
    media: 'video',
    from: '2026-03-02T08:00:00Z',
    to: '2026-03-02T08:01:30Z',
  }
  it('measures a visit that goes on to now', () => {
    expect(lengthOf({ ...visit, to: null }, Date.parse('2026-03-02T08:00:10Z'))).toBe(10_000)
    expect(lengthOf(visit, 0)).toBe(90_000)
  })
  it('writes one row a visit under its heads', () => {
    const rows = visitsAsCsv(
      [visit, { ...visit, to: null }],
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      (media) => `<${media}>`,
      Date.parse('2026-03-02T08:00:10Z'),
    ).split('\r\n')
    expect(rows).toHaveLength(4)
    expect(rows[1]).toContain(',1:30,青岚实验小学,三年级1班,王敏,<video>,常态巡课')
    expect(rows[2]).toContain(',,0:10,')
  })
  it('is searched by school, room, person and purpose', () => {
    expect(searchVisits([visit], '王敏')).toHaveLength(1)
    expect(searchVisits([visit], '督导')).toHaveLength(0)
  })
})
