import { lengthOf, weekdayOf, weekOf } from '@/ui/days'
import type { CalendarRow, TermRow } from './types'

/** A day as the year shows it. */
export interface CalendarDay {
  readonly day: string
  /** `plain`: as its weekday; `weekend`: Saturday or Sunday without anything said; `outside`: in no term. */
  readonly kind: 'off' | 'teaching' | 'exam' | 'plain' | 'weekend' | 'outside'
  readonly row: CalendarRow | null
  /** The week of its term. */
  readonly week: number | null
}

/** Of the rows of a day the one that counts: a school's own before the district's, fewer days before more. */
export function rowOf(day: string, rows: readonly CalendarRow[]): CalendarRow | null {
  const found = rows.filter((row) => row.firstDay <= day && day <= row.lastDay)
  return (
    found.toSorted(
      (one, other) =>
        Number(one.schoolId === null) - Number(other.schoolId === null) ||
        // A single grade's day is not the whole school's.
        Number(one.grade !== null) - Number(other.grade !== null) ||
        lengthOf(one.firstDay, one.lastDay) - lengthOf(other.firstDay, other.lastDay),
    )[0] ?? null
  )
}

export function dayOf(day: string, rows: readonly CalendarRow[], terms: readonly TermRow[]): CalendarDay {
  const row = rowOf(day, rows)
  const term = terms.find((one) => one.firstDay <= day && day <= one.lastDay)
  return {
    day,
    kind: row?.kind ?? (!term ? 'outside' : weekdayOf(day) > 5 ? 'weekend' : 'plain'),
    row,
    week: term ? weekOf(day, term.firstDay) : null,
  }
}
