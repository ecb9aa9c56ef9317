/** "5, 8-9" and "5、8～9" as [5, 8, 9]; null where it cannot be read. Weeks are 1 to 60. */
export function readWeeks(text: string): number[] | null {
  const weeks = new Set<number>()
  const parts = text.normalize('NFKC').split(/[,、;\s]+/)
  for (const part of parts.filter((one) => one !== '')) {
    const [, from, to] = /^(\d{1,2})(?:[-~—–至](\d{1,2}))?$/.exec(part) ?? []
    if (!from) return null
    const [first, last] = [Number(from), Number(to ?? from)]
    if (first < 1 || last > 60 || last < first) return null
    for (let week = first; week <= last; week++) weeks.add(week)
  }
  return [...weeks].sort((one, other) => one - other)
}

/** [5, 8, 9] as "5, 8-9". */
export function writeWeeks(weeks: readonly number[]): string {
  const runs: [number, number][] = []
  for (const week of weeks.toSorted((one, other) => one - other)) {
    const last = runs.at(-1)
    if (last && last[1] === week - 1) last[1] = week
    else runs.push([week, week])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}

/** The weeks of a rotation that the bits name, from 1. */
export const turnsOf = (turns: number, rotation: number): number[] =>
  Array.from({ length: rotation }, (_, at) => at + 1).filter((turn) => turns & (1 << (turn - 1)))

/** The bits of all weeks of a rotation. */
export const allTurns = (rotation: number): number => (1 << rotation) - 1

export interface Weeks {
  readonly firstWeek: number
  readonly lastWeek: number | null
  readonly rotation: number
  readonly turns: number
}

/**
 * Whether two lessons can be in one week. Rotations are told apart by every combination of their turns; which calendar week
 * that is depends on weeks that are not counted, so that weeks which only seem to pass each other count as meeting.
 */
export function weeksMeet(one: Weeks, other: Weeks): boolean {
  const ends = (weeks: Weeks) => weeks.lastWeek ?? Infinity
  if (one.firstWeek > ends(other) || other.firstWeek > ends(one)) return false
  for (let week = 0; week < one.rotation * other.rotation; week++) {
    const on = (weeks: Weeks) => weeks.turns & (1 << (week % weeks.rotation))
    if (on(one) && on(other)) return true
  }
  return false
}
