import { request } from '@/api/http'
import { query } from '@/api/query'
import type * as S from '@/api/schema'

export type ImportView = S.ImportView
export type RosterView = S.RosterView
export type FoundName = S.FoundName
export type TableChoice = S.TableChoice
export type TableView = S.TableView
export type HeaderLine = S.HeaderLine
export type SheetFact = S.SheetFact
export type NameDecision = S.NameDecision
export type ImportDone = S.ImportDone
export type Form = 'timetable' | 'district-timetable' | 'class-grid' | ListName
export type ListName = 'teachers' | 'classes' | 'rooms' | 'subjects'
export type FileFormat = 'xlsx' | 'csv'

const path = (importId: string) => `/api/books/imports/${importId}`
const rosterPath = (importId: string) => `/api/books/rosters/${importId}`

export const importsApi = {
  terms: async () => (await request<{ rows: readonly S.TermRow[] }>('GET', '/api/books/terms')).rows,
  progress: () => request<S.ImportProgressView>('GET', '/api/books/imports/progress'),
  send: (schoolId: string, termId: string, file: File) =>
    request<ImportView>('POST', `/api/books/imports${query({ schoolId, termId, name: file.name })}`, { file }),
  /** Where an empty form is. */
  form: (name: Form) => `/api/books/files/forms/${name}`,
  /** Where a school's timetable is, in the form in which it is read. */
  timetable: (schoolId: string, termId: string, format: FileFormat) =>
    `/api/books/files/timetable${query({ schoolId, termId, format })}`,
  /** Where a list is, in the form in which it is read. */
  list: (name: ListName, schoolId: string, format: FileFormat) =>
    `/api/books/files/lists/${name}${query({ schoolId, format })}`,
  choose: (importId: string, choices: { tables?: readonly TableChoice[]; names?: readonly NameDecision[] }) =>
    request<ImportView>('PUT', path(importId), { body: { tables: null, names: null, ...choices } }),
  commit: (importId: string) => request<ImportDone>('POST', `${path(importId)}/commit`),
  forget: (choiceId: string) => request<void>('DELETE', `/api/books/imports/choices/${choiceId}`),
  undo: (step: string) => request<S.UndoneStep>('POST', `/api/books/steps/${step}/undo`),
}

export const rostersApi = {
  send: (schoolId: string, files: readonly File[]) => {
    const form = new FormData()
    for (const file of files) form.append('files', file, file.name)
    return request<RosterView>('POST', `/api/books/rosters${query({ schoolId })}`, { file: form })
  },
  choose: (importId: string, choices: { names?: readonly NameDecision[]; endMissing?: boolean }) =>
    request<RosterView>('PUT', rosterPath(importId), { body: { names: null, endMissing: null, ...choices } }),
  commit: (importId: string) => request<ImportDone>('POST', `${rosterPath(importId)}/commit`),
}
