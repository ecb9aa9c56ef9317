import type { Visit, VisitMedia } from '@/api/types'
import { clockLength, csv, dateAndTime } from '@/ui/format'
import { lengthOf } from '@/ui/periods'
import { matchesSearch } from '@/ui/search'

export function searchVisits(visits: readonly Visit[], search: string): Visit[] {
  return visits.filter((visit) =>
    matchesSearch(search, visit.schoolName, visit.roomName, visit.displayName, visit.purpose),
  )
}

/** The log as a table for spreadsheets; `heads` names its eight columns, `mediaName` what was seen and heard. */
export function visitsAsCsv(
  visits: readonly Visit[],
  heads: readonly string[],
  mediaName: (media: VisitMedia) => string,
  now: number,
): string {
  return csv([
    heads,
    ...visits.map((visit) => [
      dateAndTime(new Date(visit.from)),
      visit.to ? dateAndTime(new Date(visit.to)) : '',
      clockLength(lengthOf(visit, now)),
      visit.schoolName,
      visit.roomName,
      visit.displayName,
      mediaName(visit.media),
      visit.purpose,
    ]),
  ])
}
