import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type SchoolHour = S.SchoolHour
export type HourRoom = S.HourRoom
export type HourLesson = S.HourLesson
export type HourAlert = S.HourAlert
export type SchoolDay = S.SchoolDay
export type DayLesson = S.DayLesson
export type SchoolWeeks = S.SchoolWeeks
export type SchoolMinute = S.SchoolMinute
export type WeekSums = S.WeekSums

const of = (schoolId: string) => `/api/dashboards/schools/${encodeURIComponent(schoolId)}`

/** What the server answers about a school in this hour. */
export const dashboardsApi = {
  district: () => request<S.DistrictHour>('GET', '/api/dashboards/district'),
  hour: (schoolId: string) => request<SchoolHour>('GET', of(schoolId)),
  day: (schoolId: string) => request<SchoolDay>('GET', `${of(schoolId)}/lessons`),
  weeks: (schoolId: string) => request<SchoolWeeks>('GET', `${of(schoolId)}/weeks`),
}
