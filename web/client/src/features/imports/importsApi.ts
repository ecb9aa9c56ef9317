import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type ImportView = S.ImportView
export type FoundName = S.FoundName
export type TableChoice = S.TableChoice
export type NameDecision = S.NameDecision
export type ImportDone = S.ImportDone

const path = (importId: string) => `/api/books/imports/${importId}`

export const importsApi = {
  terms: async () => (await request<{ rows: readonly S.TermRow[] }>('GET', '/api/books/terms')).rows,
  send: (schoolId: string, termId: string, file: File) =>
    request<ImportView>(
      'POST',
      `/api/books/imports?schoolId=${encodeURIComponent(schoolId)}&termId=${encodeURIComponent(termId)}&name=${encodeURIComponent(file.name)}`,
      { file },
    ),
  /** Where an empty form is. */
  form: (name: 'timetable' | 'class-grid') => `/api/books/files/forms/${name}`,
  /** Where a school's timetable is, in the form in which it is read. */
  timetable: (schoolId: string, termId: string, format: 'xlsx' | 'csv') =>
    `/api/books/files/timetable?schoolId=${encodeURIComponent(schoolId)}&termId=${encodeURIComponent(termId)}&format=${format}`,
  choose: (importId: string, choices: { tables?: readonly TableChoice[]; names?: readonly NameDecision[] }) =>
    request<ImportView>('PUT', path(importId), { body: { tables: null, names: null, ...choices } }),
  commit: (importId: string) => request<ImportDone>('POST', `${path(importId)}/commit`),
  undo: (step: string) => request<S.UndoneStep>('POST', `/api/books/steps/${step}/undo`),
}
