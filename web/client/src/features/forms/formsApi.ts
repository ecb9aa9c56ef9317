import { ApiError, request } from '@/api/http'
import type * as S from '@/api/schema'

export type Form = S.FormView
export type FormList = S.FormList
export type FormContent = S.FormContent
export type FormGroup = S.FormGroup
export type FormItem = S.FormItem
export type FormLevel = S.FormLevel
export type FormAnswer = S.FormAnswer
export type FormTotal = S.FormTotal
export type FormKind = S.FormKind
export type ItemKind = S.ItemKind
export type Answers = Readonly<Record<string, FormAnswer>>

/** What is wrong with a form, and where, such as `groups.0.weight`. */
export interface FormFault {
  readonly at: string
  readonly code: string
}

const id = encodeURIComponent

/** The district's forms. */
export const formsApi = {
  list: () => request<FormList>('GET', '/api/forms'),
  make: (form: S.WrittenForm) => request<Form>('POST', '/api/forms', { body: form }),
  change: (formId: string, form: S.WrittenForm) => request<Form>('PUT', `/api/forms/${id(formId)}`, { body: form }),
  withdraw: (formId: string, withdrawn: boolean) =>
    request<void>('PUT', `/api/forms/${id(formId)}/withdrawal`, { body: { withdrawn } }),
  delete: (formId: string) => request<void>('DELETE', `/api/forms/${id(formId)}`),
}

/** What the server found wrong with a form; none: it was refused for another reason. */
export const faultsOf = (error: unknown): readonly FormFault[] =>
  error instanceof ApiError && error.code === 'bad-form' ? (error.more.faults as readonly FormFault[]) : []
