import { request, requestFile, wordType } from '@/api/http'
import type * as S from '@/api/schema'

export type Observation = S.ObservationView
export type Summary = S.ObservationSummary
export type ObservationState = S.ObservationState
export type Remark = S.ObservationRemarkView
export type RemarkKind = S.RemarkKind
export type Appeal = S.ObservationAppealView
export type AppealOutcome = S.AppealOutcome
export type Header = S.ObservationHeader
export type SavedDraft = S.SavedDraft
export type RoomObservation = S.RoomObservation

/** A remark as it is written; its name is made here, so that sending it twice is once. */
export interface WrittenRemark {
  readonly at: number
  readonly kind: RemarkKind
  readonly text: string
  readonly tags: readonly string[]
}

const id = encodeURIComponent
const of = (observationId: string, part = '') => `/api/observations/${id(observationId)}${part}`

/** Observations of lessons. */
export const observationsApi = {
  list: () => request<Summary[]>('GET', '/api/observations'),
  ofLesson: (lessonId: string) => request<Summary[]>('GET', `/api/observations?lessonId=${id(lessonId)}`),
  ofRoom: (roomId: string) => request<RoomObservation>('GET', `/api/rooms/${id(roomId)}/observation`),
  document: (observationId: string) => requestFile(of(observationId, '/document'), wordType),
  read: (observationId: string) => request<Observation>('GET', of(observationId)),
  begin: (of: { lessonId?: string; roomId?: string }, formId: string) =>
    request<Observation>('POST', '/api/observations', { body: { ...of, formId } }),
  drop: (observationId: string) => request<void>('DELETE', of(observationId)),
  save: (observationId: string, draft: S.WrittenDraft) =>
    request<SavedDraft>('PUT', of(observationId, '/draft'), { body: draft }),
  remark: (observationId: string, remarkId: string, remark: WrittenRemark) =>
    request<Remark>('PUT', of(observationId, `/remarks/${id(remarkId)}`), { body: remark }),
  dropRemark: (observationId: string, remarkId: string) =>
    request<void>('DELETE', of(observationId, `/remarks/${id(remarkId)}`)),
  submit: (observationId: string, version: number) =>
    request<Observation>('POST', of(observationId, '/submission'), { body: { version } }),
  reply: (observationId: string, text: string, appeals: readonly { itemKey: string; reason: string }[]) =>
    request<Observation>('POST', of(observationId, '/reply'), { body: { text, appeals } }),
  decide: (observationId: string, itemKey: string, outcome: AppealOutcome, text: string, value: number | null) =>
    request<Observation>('PUT', of(observationId, `/appeals/${id(itemKey)}/decision`), {
      body: { outcome, text, value },
    }),
}
