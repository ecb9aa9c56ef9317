import { weekdayOf } from '@/ui/days'
import type { DayPlanRow, EntryRow, Period, Row } from './types'
import { turnsOf, weeksMeet } from './weeks'

/** Whose week is shown. */
export type By = 'classes' | 'teachers' | 'rooms'

/** The room of a lesson: the one that is written, or the class's own. */
export function roomOf(entry: EntryRow, classes: (id: string) => Row | undefined): string | null {
  if (entry.roomId) return entry.roomId
  const home = classes(entry.classId)?.roomId
  return typeof home === 'string' ? home : null
}

/** The lessons of a class, a teacher or a room. */
export function lessonsOf(
  by: By,
  id: string,
  entries: readonly EntryRow[],
  classes: (id: string) => Row | undefined,
): readonly EntryRow[] {
  switch (by) {
    case 'classes':
      return entries.filter((entry) => entry.classId === id)
    case 'teachers':
      return entries.filter((entry) => entry.teacherId === id)
    case 'rooms':
      return entries.filter((entry) => roomOf(entry, classes) === id)
  }
}

/** Lessons by the cell that they stand in, "weekday/period"; those of one date after those of every week. */
export function inCells(entries: readonly EntryRow[]): Map<string, EntryRow[]> {
  const cells = new Map<string, EntryRow[]>()
  for (const entry of entries) {
    const cell = `${entry.date ? weekdayOf(entry.date) : entry.weekday}/${entry.period}`
    cells.set(cell, [...(cells.get(cell) ?? []), entry])
  }
  const place = (entry: EntryRow) => `${entry.date ?? ''}/${entry.rotation}/${String(entry.turns).padStart(2, '0')}`
  for (const lessons of cells.values()) lessons.sort((one, other) => place(one).localeCompare(place(other)))
  return cells
}

/** The periods of a usual day: the school's own plan before the district's, the one that is in force before others. */
export function periodsOf(plans: readonly DayPlanRow[], schoolId: string, day: string): readonly Period[] {
  const inForce = (plan: DayPlanRow) =>
    (plan.firstDay === null || plan.firstDay <= day) && (plan.lastDay === null || day <= plan.lastDay)
  const usable = plans.filter(
    (plan) => plan.weekdays.length > 0 && (plan.schoolId === null || plan.schoolId === schoolId),
  )
  const best = usable.toSorted(
    (one, other) =>
      Number(inForce(other)) - Number(inForce(one)) ||
      Number(one.schoolId === null) - Number(other.schoolId === null) ||
      other.weekdays.length - one.weekdays.length,
  )[0]
  return best?.periods ?? []
}

/** Lessons a week, those of odd or even weeks as halves; those of one date only are not counted. */
export function hoursOf(entries: readonly EntryRow[]): number {
  const shares = entries
    .filter((entry) => !entry.date)
    .map(({ rotation, turns }) => turnsOf(turns, rotation).length / rotation)
  return Math.round(2 * shares.reduce((sum, share) => sum + share, 0)) / 2
}

export interface Clash {
  readonly what: By
  readonly other: EntryRow
}

/** Lessons that a lesson cannot be beside: its class, its teacher or its room is taken at that time. */
export function clashesOf(
  entry: EntryRow,
  entries: readonly EntryRow[],
  classes: (id: string) => Row | undefined,
): readonly Clash[] {
  return entries
    .filter((other) => other.id !== entry.id && other.period === entry.period && atOnce(entry, other))
    .flatMap((other) => {
      const room = roomOf(entry, classes)
      const what: By | null =
        other.classId === entry.classId
          ? 'classes'
          : entry.teacherId !== null && other.teacherId === entry.teacherId
            ? 'teachers'
            : room !== null && roomOf(other, classes) === room
              ? 'rooms'
              : null
      return what ? [{ what, other }] : []
    })
}

function atOnce(one: EntryRow, other: EntryRow): boolean {
  if (one.date && other.date) return one.date === other.date
  // What is on one date only stands in for what is there every week.
  if (one.date || other.date) return false
  return one.weekday === other.weekday && weeksMeet(one, other)
}

/** The weekdays that are shown: Monday to Friday, and a weekend's day where it has lessons. */
export function weekdaysOf(entries: readonly EntryRow[], plans: readonly DayPlanRow[]): readonly number[] {
  const used = new Set(entries.map((entry) => (entry.date ? weekdayOf(entry.date) : entry.weekday)))
  const planned = new Set(plans.flatMap((plan) => plan.weekdays))
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => day <= 5 || used.has(day) || planned.has(day))
}
