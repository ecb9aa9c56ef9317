import type { Room, RoomView } from '@/api/types'
import { viewFault } from '@/live/board'
import { matchesSearch } from '@/ui/search'

export type RoomFilter = 'all' | 'live' | 'stalled' | 'trouble' | 'low' | 'hands'
export type RoomOrder = 'name' | 'state' | 'headUp' | 'hands' | 'people'

export interface Criteria {
  filter: RoomFilter
  grade: string
  search: string
  order: RoomOrder
}

export const filters: readonly RoomFilter[] = ['all', 'live', 'stalled', 'trouble', 'low', 'hands']
export const orders: readonly RoomOrder[] = ['name', 'state', 'headUp', 'hands', 'people']

const tests: Record<RoomFilter, (view: RoomView | null) => boolean> = {
  all: () => true,
  live: (view) => view?.state === 'live',
  stalled: (view) => view?.state === 'stalled',
  trouble: (view) => viewFault(view) !== null,
  low: (view) => view?.state === 'live' && view.lowConfidence,
  hands: (view) => view?.state === 'live' && view.handsRaised > 0,
}

export function matchesFilter(filter: RoomFilter, view: RoomView | null): boolean {
  return tests[filter](view)
}

/** What somebody must see to comes first. */
const stateRank = { stalled: 0, live: 2, resting: 3, offline: 4 } as const
const troubleRank = 1

/** Numbers to sort by, smallest first; rooms without one come last. */
const keys: Record<Exclude<RoomOrder, 'name'>, (view: RoomView) => number> = {
  state: (view) => (viewFault(view) ? troubleRank : stateRank[view.state]),
  headUp: (view) => view.headUpRate.value ?? Number.POSITIVE_INFINITY,
  hands: (view) => -view.handsRaised,
  people: (view) => -view.people,
}

/** The rooms to show, in order. Equal rooms keep the order of the books, so that a wall does not shuffle. */
export function select(
  rooms: readonly Room[],
  viewOf: (roomId: string) => RoomView | null,
  criteria: Criteria,
): Room[] {
  const key = criteria.order === 'name' ? null : keys[criteria.order]
  const rank = (room: Room) => {
    const view = viewOf(room.roomId)
    return view && key && (view.state === 'live' || criteria.order === 'state') ? key(view) : Number.POSITIVE_INFINITY
  }
  return rooms
    .filter(
      (room) =>
        matchesFilter(criteria.filter, viewOf(room.roomId)) &&
        (criteria.grade === '' || room.grade === criteria.grade) &&
        matchesSearch(criteria.search, room.name, room.roomId),
    )
    .map((room, place) => ({ room, place, rank: rank(room) }))
    .sort((a, b) => (a.rank === b.rank ? a.place - b.place : a.rank - b.rank))
    .map(({ room }) => room)
}

/** How many rooms each filter would show. */
export function countByFilter(
  rooms: readonly Room[],
  viewOf: (roomId: string) => RoomView | null,
): Record<RoomFilter, number> {
  const counts = { all: 0, live: 0, stalled: 0, trouble: 0, low: 0, hands: 0 }
  for (const room of rooms) {
    const view = viewOf(room.roomId)
    for (const filter of filters) if (matchesFilter(filter, view)) counts[filter]++
  }
  return counts
}
