import { ApiError, request } from '@/api/http'
import { query } from '@/api/query'
import type * as S from '@/api/schema'

export type LessonView = S.LessonView
export type DayView = S.PlannedDayView
export type Week = S.PlannedWeek
export type RoomNow = S.RoomNow
export type LessonChange = S.ChangeView
export type Conflict = S.ConflictView
export type TimetableEntry = S.EntryView
/** Who or what has another lesson then. */
export interface Clash {
  readonly kind: S.ConflictKind
  readonly name: string
  readonly lesson: LessonView
  readonly other: LessonView
}
export type ChangeDone = S.ChangeDone
export type FeedState = S.FeedState
export type FeedAddress = S.FeedAddress
export type ChangeKind = S.ChangeKind

/** Whose week is asked for; nobody's: the caller's own. */
export interface WeekOf {
  readonly classId?: string
  readonly teacherId?: string
  readonly roomId?: string
}

/** A change that somebody wants; what is left out stays as it is. */
export interface WantedChange {
  readonly schoolId: string
  readonly entryId: string
  /** Without changes. */
  readonly date: string
  readonly kind: ChangeKind
  readonly goesOn?: boolean
  /** Of one that goes on: until when; by default for good. */
  readonly lastDay?: string
  readonly teacherId?: string
  readonly roomId?: string
  readonly newDate?: string
  readonly newPeriod?: number
  readonly with?: { readonly entryId: string; readonly date: string }
  readonly reason?: string
  /** Also where a room is taken then. */
  readonly anyway?: boolean
}

/** Weeks by the timetable, their changes, and the addresses at which calendars read them. */
export const timetableApi = {
  week: (of: WeekOf, date?: string) => request<Week>('GET', `/api/timetable/week${query({ ...of, date })}`),
  roomNow: async (schoolId: string, roomId: string): Promise<RoomNow | null> =>
    (await request<S.SchoolNow>('GET', `/api/timetable/now${query({ schoolId, roomId })}`)).rooms[0] ?? null,
  changes: async (schoolId: string) =>
    (await request<S.ChangeList>('GET', `/api/timetable/changes${query({ schoolId })}`)).changes,
  change: (wanted: WantedChange) => request<ChangeDone>('POST', '/api/timetable/changes', { body: wanted }),
  takeBack: (changeId: string) =>
    request<ChangeDone>('DELETE', `/api/timetable/changes/${encodeURIComponent(changeId)}`),
  conflicts: (schoolId: string, termId: string) =>
    request<S.ConflictList>('GET', `/api/timetable/conflicts${query({ schoolId, termId })}`),
  feed: (of: WeekOf) => request<FeedState>('GET', `/api/timetable/feed${query(of)}`),
  makeFeed: (of: WeekOf, language: string) =>
    request<FeedAddress>('POST', '/api/timetable/feed', { body: { ...of, language } }),
  revokeFeed: (of: WeekOf) => request<void>('DELETE', `/api/timetable/feed${query(of)}`),
}

/** What is taken at the time that was wanted; null: the request failed for another reason. */
export function clashesOf(error: unknown): { clashes: readonly Clash[]; mayGoAnyway: boolean } | null {
  return error instanceof ApiError && error.code === 'taken' && Array.isArray(error.more.clashes)
    ? { clashes: error.more.clashes as Clash[], mayGoAnyway: error.more.mayGoAnyway === true }
    : null
}
