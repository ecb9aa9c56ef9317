import type * as S from '@/api/schema'

/** The books of the district, by their names in addresses. */
export const bookNames = [
  'schools',
  'rooms',
  'classes',
  'teachers',
  'subjects',
  'terms',
  'day-plans',
  'calendar',
  'timetable',
  'timetable-changes',
  'recording-rules',
] as const
export type BookName = (typeof bookNames)[number]

/** What the server sends, where nothing is left out but what may be empty. */
type Sent<T, Empty extends keyof T = never> = {
  readonly [Field in keyof T]-?: Field extends Empty ? T[Field] : NonNullable<T[Field]>
}

/** `from` and `to` are as "08:00", on the district's clock. */
export type Period = Sent<S.PeriodRow>
export type PeriodKind = S.PeriodKind

/** What a field holds. */
export type Value = string | number | null | readonly string[] | readonly number[] | readonly Period[]

/** Whatever is on a row of any book. */
export type Fields = Readonly<Record<string, Value>>

/** A row of a book; `version` names what it said when it was read. */
export type Row = Fields & { readonly id: string; readonly version: string }

export type TermRow = Row & Sent<S.TermRow>
export type DayPlanRow = Row &
  Omit<Sent<S.DayPlanRow, 'schoolId' | 'firstDay' | 'lastDay'>, 'periods'> & { readonly periods: readonly Period[] }
export type CalendarRow = Row &
  Sent<S.CalendarRow, 'schoolId' | 'grade' | 'followsDate' | 'followsWeekday' | 'dayPlanId'>
/** `turns` has a bit for each week of the rotation that the lesson is in, the first being 1. */
export type EntryRow = Row & Sent<S.EntryRow, 'lastWeek' | 'date' | 'teacherId' | 'roomId'>

/** What is wrong with a field. */
export interface Fault {
  readonly field: string
  readonly reason: string
  readonly reasonEn: string
}

/** Something that needs a row: a book, or lessons, visits, recordings and so on. */
export type Use = S.BookUse

/** A row as it was and as it became; null: it was not there. */
export type Change = Pick<S.ChangedRow, 'book' | 'rowId'> & {
  readonly before: Fields | null
  readonly after: Fields | null
}

/** What somebody changed at once; of many rows only the first are told. */
export type Step = Omit<S.ChangedStep, 'changes'> & { readonly changes: readonly Change[] }

/** A value that is a text or a number, as text; '' for any other. */
export function asText(value: Value | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
