import { request, requestFile, wordType } from '@/api/http'
import type * as S from '@/api/schema'

export type Notice = S.RectificationSummary
export type Rectification = S.RectificationView
export type RectificationEvent = S.RectificationEventView
export type RectificationFile = S.RectificationFileView
export type RectificationPage = S.RectificationPage
export type RectificationCount = S.RectificationCount
export type RectificationStart = S.RectificationStart
export type Source = S.RectificationSource
export type Filter = 'open' | 'overdue' | 'mine' | 'reports' | 'all'

/** What a list is asked for. */
export interface Query {
  readonly filter: Filter
  readonly schoolId?: string
  readonly page?: number
}

/** A notice as it is issued; a deadline or a person of null is the usual one. */
export interface WrittenNotice {
  readonly source: Source
  readonly sourceId?: string
  readonly remarkId?: string
  readonly schoolId?: string
  readonly roomId?: string | null
  readonly title: string
  readonly problem: string
  readonly dueOn: string | null
  readonly responsible: string | null
}

/** The most bytes of a file, and the most files of a round: as the server has them. */
export const limits = { bytes: 20 * 1024 * 1024, files: 10 } as const

const id = encodeURIComponent
const of = (rectificationId: string, part = '') => `/api/rectifications/${id(rectificationId)}${part}`

function words({ filter, schoolId, page }: Query): URLSearchParams {
  const all = new URLSearchParams({ filter })
  if (schoolId) all.set('schoolId', schoolId)
  if (page && page > 1) all.set('page', String(page))
  return all
}

/** Notices of rectification. */
export const rectificationsApi = {
  list: (query: Query) => request<RectificationPage>('GET', `/api/rectifications?${words(query)}`),
  count: () => request<RectificationCount>('GET', '/api/rectifications/count'),
  table: (query: Query, format: 'xlsx' | 'csv') =>
    requestFile(`/api/rectifications/file?${words(query)}&format=${format}`, '*/*'),
  template: () => requestFile('/api/rectifications/template', wordType),
  start: (schoolId: string) => request<RectificationStart>('GET', `/api/rectifications/start?schoolId=${id(schoolId)}`),
  /** The name is made where it is written, so that sending it twice is once. */
  issue: (rectificationId: string, notice: WrittenNotice) =>
    request<Rectification>('PUT', of(rectificationId), { body: notice }),
  read: (rectificationId: string) => request<Rectification>('GET', of(rectificationId)),
  document: (rectificationId: string) => requestFile(of(rectificationId, '/document'), wordType),
  answer: (rectificationId: string, version: number, text: string) =>
    request<Rectification>('POST', of(rectificationId, '/answer'), { body: { version, text } }),
  judge: (
    rectificationId: string,
    judgement: { version: number; isRight: boolean; text: string; dueOn: string | null; recheckOn: string | null },
  ) => request<Rectification>('POST', of(rectificationId, '/judgement'), { body: judgement }),
  withdraw: (rectificationId: string, version: number, text: string) =>
    request<Rectification>('POST', of(rectificationId, '/withdrawal'), { body: { version, text } }),
  report: (rectificationId: string, version: number, text: string) =>
    request<Rectification>('POST', of(rectificationId, '/report'), { body: { version, text } }),
  send: (rectificationId: string, file: File) =>
    request<Rectification>('POST', of(rectificationId, `/files?name=${id(file.name)}`), { file }),
  file: (rectificationId: string, fileId: string) => requestFile(of(rectificationId, `/files/${id(fileId)}`), '*/*'),
  removeFile: (rectificationId: string, fileId: string) =>
    request<Rectification>('DELETE', of(rectificationId, `/files/${id(fileId)}`)),
}
