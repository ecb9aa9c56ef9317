import { describe, expect, it } from 'vitest'
import type { Room, RoomView } from '@/api/types'
import { figure, roomView, schoolView } from '@/testing/views'
import { selectSchools, totalsOf } from './district'
import { countByFilter, matchesSearch, select, type Criteria } from './filter'

const room = (roomId: string, name: string, grade: string): Room => ({ roomId, schoolId: 's01', name, grade, enrolled: 40 })
const rooms = [room('s01-101', '一年级1班', '一年级'), room('s01-102', '一年级2班', '一年级'), room('s01-201', '二年级1班', '二年级'), room('s01-202', '二年级2班', '二年级')]
const views: Record<string, RoomView> = {
  's01-101': roomView('s01-101', { state: 'live', handsRaised: 2, headUpRate: figure({ value: 0.9 }) }),
  's01-102': roomView('s01-102', { state: 'stalled', handsRaised: 1 }),
  's01-201': roomView('s01-201', { state: 'live', lowConfidence: true, headUpRate: figure({ value: 0.4 }) }),
}
const viewOf = (roomId: string) => views[roomId] ?? null
const all: Criteria = { filter: 'all', grade: '', search: '', order: 'name' }
const ids = (changes: Partial<Criteria>) => select(rooms, viewOf, { ...all, ...changes }).map(({ roomId }) => roomId.slice(4))

describe('select', () => {
  it('keeps the order of the books unless asked for another', () => {
    expect(ids({})).toEqual(['101', '102', '201', '202'])
  })

  it.each([
    ['live', ['101', '201']],
    ['stalled', ['102']],
    ['low', ['201']],
    ['hands', ['101']],
  ] as const)('filters %s', (filter, expected) => {
    expect(ids({ filter })).toEqual(expected)
  })

  it('narrows by grade and by name together', () => {
    expect(ids({ grade: '二年级', search: '1班' })).toEqual(['201'])
  })

  it('puts rooms without a figure last, whichever end is asked for', () => {
    expect(ids({ order: 'headUp' })).toEqual(['201', '101', '102', '202'])
    expect(ids({ order: 'hands' })[0]).toBe('101')
  })

  it('puts trouble first', () => {
    expect(ids({ order: 'state' })).toEqual(['102', '101', '201', '202'])
  })

  it('puts a camera whose view is disturbed before those that see, and shows it by its own filter', () => {
    const disturbed = (roomId: string) => (roomId === 's01-201' ? roomView(roomId, { state: 'live', fault: 'view-covered' }) : viewOf(roomId))
    const shown = (changes: Partial<Criteria>) => select(rooms, disturbed, { ...all, ...changes }).map(({ roomId }) => roomId.slice(4))
    expect(shown({ order: 'state' })).toEqual(['102', '201', '101', '202'])
    expect(shown({ filter: 'trouble' })).toEqual(['201'])
  })

  it('counts what each filter would show', () => {
    expect(countByFilter(rooms, viewOf)).toEqual({ all: 4, live: 2, stalled: 1, trouble: 0, low: 1, hands: 1 })
  })
})

describe('matchesSearch', () => {
  it('forgives case, width and spaces', () => {
    expect(matchesSearch('初一（3）', '初一(3)班')).toBe(true)
    expect(matchesSearch(' no.1 ', 'Qinglan No. 1 Junior High')).toBe(true)
    expect(matchesSearch('二中', '第一中学')).toBe(false)
  })
})

describe('totalsOf', () => {
  const view = {
    sequence: 1,
    at: '2026-03-02T08:00:00Z',
    schools: [
      schoolView('s01', { live: 3, stalled: 1, people: 70, handsRaised: 4, headUpRate: figure({ value: 0.9, samples: 300, coverage: 0.75 }) }),
      schoolView('s02', { live: 1, people: 20, headUpRate: figure({ value: 0.5, samples: 100, coverage: 0.5 }) }),
      schoolView('s03'),
    ],
  }

  it('adds counts up and leaves the rest offline', () => {
    expect(totalsOf(view)).toMatchObject({ rooms: 90, live: 4, stalled: 1, offline: 85, people: 90, hands: 4 })
  })

  it('weights the rate by known samples and the coverage by expected ones', () => {
    const { headUpRate } = totalsOf(view)
    expect(headUpRate.value).toBeCloseTo(0.8)
    expect(headUpRate.samples).toBe(400)
    expect(headUpRate.coverage).toBeCloseTo(400 / 600)
  })

  it('has no rate where no school has one', () => {
    expect(totalsOf({ ...view, schools: [schoolView('s03')] }).headUpRate.value).toBeNull()
  })
})

describe('selectSchools', () => {
  const schools = ['s01', 's02', 's03'].map((schoolId) => ({ schoolId, name: `学校${schoolId}`, nameEn: `School ${schoolId}`, rooms: 30 }))
  const held = new Map([
    ['s02', schoolView('s02', { live: 2 })],
    ['s03', schoolView('s03', { live: 5 })],
  ])
  const pick = (changes: object) =>
    selectSchools(schools, (id) => held.get(id) ?? null, { onlyLive: false, search: '', order: 'book', ...changes }).map((school) => school.schoolId)

  it('shows every school in the order of the books, seen or not', () => {
    expect(pick({})).toEqual(['s01', 's02', 's03'])
  })
  it('shows only live ones, most live first, when asked', () => {
    expect(pick({ onlyLive: true, order: 'live' })).toEqual(['s03', 's02'])
  })
  it('finds a school by its English name', () => {
    expect(pick({ search: 'school S02' })).toEqual(['s02'])
  })
})
