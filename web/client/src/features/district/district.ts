import type { DistrictView, Figure, School, SchoolView } from '@/api/types'
import { matchesSearch } from '@/ui/search'

export type SchoolOrder = 'book' | 'live' | 'headUp' | 'hands'
export const schoolOrders: readonly SchoolOrder[] = ['book', 'live', 'headUp', 'hands']

export interface DistrictTotals {
  rooms: number
  live: number
  stalled: number
  resting: number
  offline: number
  people: number
  hands: number
  headUpRate: Figure
}

/** The district's figures: counts add up, and the rate is weighted by each school's known pupil-samples. */
export function totalsOf(view: DistrictView): DistrictTotals {
  const sum = (value: (school: SchoolView) => number) =>
    view.schools.reduce((total, school) => total + value(school), 0)
  const rated = view.schools.filter((school) => school.headUpRate.value !== null && school.headUpRate.samples > 0)
  const samples = rated.reduce((total, school) => total + school.headUpRate.samples, 0)
  const weighted = (value: (figure: Figure) => number) =>
    samples > 0
      ? rated.reduce((total, { headUpRate }) => total + value(headUpRate) * headUpRate.samples, 0) / samples
      : null
  const rooms = sum((school) => school.rooms)
  const live = sum((school) => school.live)
  const stalled = sum((school) => school.stalled)
  const resting = sum((school) => school.resting)
  return {
    rooms,
    live,
    stalled,
    resting,
    offline: rooms - live - stalled - resting,
    people: sum((school) => school.people),
    hands: sum((school) => school.handsRaised),
    headUpRate: {
      value: weighted((figure) => figure.value ?? 0),
      samples,
      coverage: expectedCoverage(rated),
      windowSeconds: Math.max(0, ...rated.map((school) => school.headUpRate.windowSeconds)),
      formula: rated[0]?.headUpRate.formula ?? 'head-up-rate',
    },
  }
}

/** Known over expected across schools: each one's expectation is its known samples over its own coverage. */
function expectedCoverage(schools: readonly SchoolView[]): number {
  let known = 0
  let expected = 0
  for (const { headUpRate } of schools) {
    if (headUpRate.coverage <= 0) continue
    known += headUpRate.samples
    expected += headUpRate.samples / headUpRate.coverage
  }
  return expected > 0 ? known / expected : 0
}

export interface SchoolCriteria {
  onlyLive: boolean
  search: string
  order: SchoolOrder
}

/** The schools to show, in order; equal ones keep the order of the books. */
export function selectSchools(
  schools: readonly School[],
  viewOf: (schoolId: string) => SchoolView | null,
  criteria: SchoolCriteria,
): School[] {
  const rank: Record<SchoolOrder, (view: SchoolView | null) => number> = {
    book: () => 0,
    live: (view) => -(view?.live ?? 0),
    headUp: (view) => view?.headUpRate.value ?? Number.POSITIVE_INFINITY,
    hands: (view) => -(view?.handsRaised ?? 0),
  }
  return schools
    .map((school, place) => ({ school, place, rank: rank[criteria.order](viewOf(school.schoolId)) }))
    .filter(
      ({ school }) =>
        matchesSearch(criteria.search, school.name, school.nameEn, school.schoolId) &&
        (!criteria.onlyLive || (viewOf(school.schoolId)?.live ?? 0) > 0),
    )
    .sort((a, b) => (a.rank === b.rank ? a.place - b.place : a.rank - b.rank))
    .map(({ school }) => school)
}
