import { describe, expect, it } from 'vitest'
import type { Room, RoomView } from '@/api/types'
import { figure, roomView } from '@/live/testViews'
import { countByFilter, select, type Criteria } from './filter'

const room = (roomId: string, name: string, grade: string): Room => ({
  roomId,
  schoolId: 's01',
  name,
  grade,
  enrolled: 40,
})
const rooms = [
  room('s01-101', '一年级1班', '一年级'),
  room('s01-102', '一年级2班', '一年级'),
  room('s01-201', '二年级1班', '二年级'),
  room('s01-202', '二年级2班', '二年级'),
]
const views: Record<string, RoomView> = {
  's01-101': roomView('s01-101', { state: 'live', handsRaised: 2, headUpRate: figure({ value: 0.9 }) }),
  's01-102': roomView('s01-102', { state: 'stalled', handsRaised: 1 }),
  's01-201': roomView('s01-201', { state: 'live', lowConfidence: true, headUpRate: figure({ value: 0.4 }) }),
}
const viewOf = (roomId: string) => views[roomId] ?? null
const all: Criteria = { filter: 'all', grade: '', search: '', order: 'name' }
const ids = (changes: Partial<Criteria>) =>
  select(rooms, viewOf, { ...all, ...changes }).map(({ roomId }) => roomId.slice(4))

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
    const disturbed = (roomId: string) =>
      roomId === 's01-201' ? roomView(roomId, { state: 'live', fault: 'view-covered' }) : viewOf(roomId)
    const shown = (changes: Partial<Criteria>) =>
      select(rooms, disturbed, { ...all, ...changes }).map(({ roomId }) => roomId.slice(4))
    expect(shown({ order: 'state' })).toEqual(['102', '201', '101', '202'])
    expect(shown({ filter: 'trouble' })).toEqual(['201'])
  })

  it('counts what each filter would show', () => {
    expect(countByFilter(rooms, viewOf)).toEqual({ all: 4, live: 2, stalled: 1, trouble: 0, low: 1, hands: 1 })
  })
})
