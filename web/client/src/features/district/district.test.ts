import { describe, expect, it } from 'vitest'
import { figure, schoolView } from '@/live/testViews'
import { selectSchools, totalsOf } from './district'

describe('totalsOf', () => {
  const view = {
    sequence: 1,
    at: '2026-03-02T08:00:00Z',
    schools: [
      schoolView('s01', {
        live: 3,
        stalled: 1,
        people: 70,
        handsRaised: 4,
        headUpRate: figure({ value: 0.9, samples: 300, coverage: 0.75 }),
      }),
      schoolView('s02', { live: 1, people: 20, headUpRate: figure({ value: 0.5, samples: 100, coverage: 0.5 }) }),
      schoolView('s03', { resting: 5 }),
    ],
  }

  it('adds counts up and leaves the rest offline', () => {
    expect(totalsOf(view)).toMatchObject({
      rooms: 90,
      live: 4,
      stalled: 1,
      resting: 5,
      offline: 80,
      people: 90,
      hands: 4,
    })
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
  const schools = ['s01', 's02', 's03'].map((schoolId) => ({
    schoolId,
    name: `学校${schoolId}`,
    nameEn: `School ${schoolId}`,
    rooms: 30,
  }))
  const held = new Map([
    ['s02', schoolView('s02', { live: 2 })],
    ['s03', schoolView('s03', { live: 5 })],
  ])
  const pick = (changes: object) =>
    selectSchools(schools, (id) => held.get(id) ?? null, {
      onlyLive: false,
      search: '',
      order: 'book',
      ...changes,
    }).map((school) => school.schoolId)

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
