import { request } from '@/api/http'
import { query } from '@/api/query'
import type * as S from '@/api/schema'

export type Round = S.RoundView
export type RoundStop = S.RoundStop
export type PatrolForm = S.PatrolForm
export type Patrol = S.PatrolView
export type PatrolList = S.PatrolList
export type Due = S.DueView
export type Coverage = S.CoverageView
export type SchoolCoverage = S.SchoolCoverage
export type TeacherCoverage = S.TeacherCoverage
export type FormItem = PatrolForm['content']['groups'][number]['items'][number]
export type Answer = S.FormAnswer
export type Answers = Readonly<Record<string, Answer>>

/** What is found in a room; where and in which lesson the visit says. */
export interface WrittenPatrol {
  readonly formId: string
  readonly version: number
  readonly answers: Answers
  readonly present: number | null
  readonly note: string
}

/** Which patrols are listed. */
export interface PatrolQuery {
  readonly schoolId?: string
  readonly from?: string
  readonly exceptions?: boolean
  readonly take?: number
}

const id = encodeURIComponent

/** What the server answers about rounds. */
export const patrolsApi = {
  round: (schoolId: string) => request<Round>('GET', `/api/patrols/round${query({ schoolId })}`),
  save: (visitId: string, found: WrittenPatrol) =>
    request<Patrol>('PUT', `/api/patrols/${id(visitId)}`, { body: found }),
  list: (asked: PatrolQuery) => request<PatrolList>('GET', `/api/patrols${query(asked)}`),
  due: (schoolId: string) => request<Due>('GET', `/api/patrols/due${query({ schoolId })}`),
  coverage: (schoolId: string) => request<Coverage>('GET', `/api/patrols/coverage${query({ schoolId })}`),
}
