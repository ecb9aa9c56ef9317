import type { Visit, VisitMedia } from '@/api/types'
import { clockLength, csv, dateAndTime } from '@/app/format'
import { matchesSearch } from './filter'

export type Period = 'today' | 'week' | 'month' | 'all'
export const periods: readonly Period[] = ['today', 'week', 'month', 'all']

/** Where a period begins, in this browser's time zone; null for the whole log. */
export function beginOf(period: Period, now: Date): Date | null {
  if (period === 'all') return null
  const start = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  if (period === 'week') start.setDate(start.getDate() - 6)
  if (period === 'month') start.setDate(start.getDate() - 29)
  return start
}

/** How long a visit took; one that goes on is measured to now. */
export function lengthOf(visit: Visit, now: number): number {
  return (visit.to ? Date.parse(visit.to) : now) - Date.parse(visit.from)
}

export function searchVisits(visits: readonly Visit[], search: string): Visit[] {
  return visits.filter((visit) => matchesSearch(search, visit.schoolName, visit.roomName, visit.displayName, visit.purpose))
}

/** The log as a table for spreadsheets; `heads` names its eight columns, `mediaName` what was seen and heard. */
export function visitsAsCsv(visits: readonly Visit[], heads: readonly string[], mediaName: (media: VisitMedia) => string, now: number): string {
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
