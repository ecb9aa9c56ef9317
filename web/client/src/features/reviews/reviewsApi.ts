import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type Review = S.LessonReview
export type Chapter = S.Chapter
export type Goal = S.GoalView
export type GoalOutcome = S.GoalOutcome
export type GoalRate = S.GoalRate
export type Objection = S.ObjectionView
export type ObjectionOutcome = S.ObjectionOutcome
export type Remark = S.RemarkView
export type Share = S.ShareView
export type Slice = S.SliceView
export type Look = S.LookAtLesson
export type WrittenGoal = S.WrittenGoal

const id = encodeURIComponent
const of = (lessonId: string, part: string) => `/api/lessons/${id(lessonId)}/${part}`

/** What people say of a lesson. */
export const reviewsApi = {
  read: (lessonId: string) => request<Review>('GET', of(lessonId, 'review')),
  looks: (lessonId: string) => request<readonly Look[]>('GET', of(lessonId, 'looks')),
  reflect: (lessonId: string, written: S.WrittenReflection) =>
    request<S.ReflectionView | undefined>('PUT', of(lessonId, 'reflection'), { body: written }),
  divide: (lessonId: string, chapters: readonly Chapter[]) =>
    request<readonly Chapter[]>('PUT', of(lessonId, 'chapters'), { body: chapters }),
  setGoals: (lessonId: string, goals: readonly WrittenGoal[]) =>
    request<readonly S.SetGoal[]>('PUT', of(lessonId, 'goals'), { body: goals }),
  plannedGoals: (entryId: string, date: string) =>
    request<readonly S.SetGoal[]>('GET', `/api/goals/${id(entryId)}/${id(date)}`),
  planGoals: (entryId: string, date: string, goals: readonly WrittenGoal[]) =>
    request<readonly S.SetGoal[]>('PUT', `/api/goals/${id(entryId)}/${id(date)}`, { body: goals }),
  judge: (lessonId: string, goalId: string, judgement: S.WrittenJudgement) =>
    request<void>('PUT', of(lessonId, `goals/${id(goalId)}/judgement`), { body: judgement }),
  remark: (lessonId: string, text: string, at: number | null) =>
    request<Remark>('POST', of(lessonId, 'remarks'), { body: { text, at } }),
  deleteRemark: (lessonId: string, remarkId: string) =>
    request<void>('DELETE', of(lessonId, `remarks/${id(remarkId)}`)),
  cut: (lessonId: string, slice: S.WrittenSlice) => request<Slice>('POST', of(lessonId, 'slices'), { body: slice }),
  dropSlice: (lessonId: string, sliceId: string) => request<void>('DELETE', of(lessonId, `slices/${id(sliceId)}`)),
  setKind: (lessonId: string, kind: string | null) => request<void>('PUT', of(lessonId, 'kind'), { body: { kind } }),
  object: (lessonId: string, figure: string, text: string) =>
    request<Objection>('POST', of(lessonId, 'objections'), { body: { figure, text } }),
  withdraw: (lessonId: string, objectionId: string) =>
    request<Objection>('DELETE', of(lessonId, `objections/${id(objectionId)}`)),
  answer: (lessonId: string, objectionId: string, text: string, outcome: ObjectionOutcome) =>
    request<Objection>('PUT', of(lessonId, `objections/${id(objectionId)}/answer`), { body: { text, outcome } }),
  share: (lessonId: string, days: number) => request<S.MadeShare>('POST', of(lessonId, 'shares'), { body: { days } }),
  endShare: (lessonId: string, shareId: string) => request<void>('DELETE', of(lessonId, `shares/${id(shareId)}`)),
  openShare: (token: string) => request<S.OpenedShare>('POST', '/api/shares/open', { body: { value: token } }),
}
