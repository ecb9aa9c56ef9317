import type { HistoryPoint, RoomView } from '@/api/types'

/** The last ten minutes. */
export const chartWindowMs = 600_000

export function pointOf(view: RoomView): HistoryPoint {
  return {
    at: view.at,
    people: view.people,
    handsRaised: view.handsRaised,
    standing: view.standing,
    headsUp: view.headsUp,
    headsDown: view.headsDown,
    headsOnDesk: view.headsOnDesk,
    unknown: view.unknown,
    headUpRate: view.headUpRate.value,
    participation: view.participation.value,
  }
}

/** History with a later point put behind it: in order, each moment once, nothing older than the window. */
export function append(points: readonly HistoryPoint[], point: HistoryPoint): readonly HistoryPoint[] {
  const at = Date.parse(point.at)
  const last = points.at(-1)
  if (last && Date.parse(last.at) >= at) return points
  const from = points.findIndex((held) => Date.parse(held.at) >= at - chartWindowMs)
  return [...(from < 0 ? [] : points.slice(from)), point]
}

/** Fetched history joined with the points that arrived while it was on its way. */
export function join(history: readonly HistoryPoint[], arrived: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const first = arrived[0]
  if (!first) return history
  const at = Date.parse(first.at)
  return [...history.filter((point) => Date.parse(point.at) < at), ...arrived]
}

type Cell = [time: number, value: number | null]

/** One series; where nothing was sampled for a while the line breaks instead of bridging what nobody saw. */
export function seriesOf(
  points: readonly HistoryPoint[],
  value: (point: HistoryPoint) => number | null,
  gapMs: number,
): Cell[] {
  const cells: Cell[] = []
  let previous: number | null = null
  for (const point of points) {
    const at = Date.parse(point.at)
    if (previous !== null && at - previous > gapMs) cells.push([previous + 1, null])
    cells.push([at, value(point)])
    previous = at
  }
  return cells
}

/**
 * Means over steps of `stepMs`, for the counts: a class of thirty at one sample a second is a comb that says nothing on
 * a chart a hand wide. Steps lie on the clock, so that the curve does not change while it moves.
 */
export function means(points: readonly HistoryPoint[], stepMs: number): readonly HistoryPoint[] {
  const steps = new Map<number, HistoryPoint[]>()
  for (const point of points) {
    const step = Math.floor(Date.parse(point.at) / stepMs) * stepMs
    const members = steps.get(step)
    if (members) members.push(point)
    else steps.set(step, [point])
  }
  return [...steps].map(([step, members]) => {
    const mean = (value: (point: HistoryPoint) => number) =>
      members.reduce((sum, point) => sum + value(point), 0) / members.length
    return {
      ...members.at(-1)!,
      at: new Date(step).toISOString(),
      people: mean((point) => point.people),
      handsRaised: mean((point) => point.handsRaised),
      standing: mean((point) => point.standing),
      headsUp: mean((point) => point.headsUp),
      headsDown: mean((point) => point.headsDown),
      headsOnDesk: mean((point) => point.headsOnDesk),
      unknown: mean((point) => point.unknown),
    }
  })
}
