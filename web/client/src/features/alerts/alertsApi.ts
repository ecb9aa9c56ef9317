import { request } from '@/api/http'
import { query } from '@/api/query'
import type * as S from '@/api/schema'

export type Alert = S.AlertView
export type AlertKind = S.AlertKind
export type AlertState = S.AlertState
export type AlertSeverity = S.AlertSeverity
export type AlertVerdict = S.AlertVerdict
export type AlertPage = S.AlertPage
export type AlertDetail = S.AlertDetail
export type AlertCount = S.AlertCount
export type AlertActs = S.AlertActs
export type AlertPerson = S.AlertPerson
export type AlertRule = S.AlertRule
export type AlertRuleView = S.AlertRuleView
export type Silence = S.SilenceView
export type AlertFilter = 'open' | 'resolved' | 'closed' | 'all'

/** What a list is asked for. */
export interface AlertQuery {
  readonly state: AlertFilter
  readonly kind?: AlertKind
  readonly schoolId?: string
  readonly page?: number
}

/** A place that is to be silenced. */
export interface WantedSilence {
  readonly schoolId?: string
  readonly roomId?: string
  readonly kind?: AlertKind
  readonly minutes: number
  readonly reason: string
}

const id = encodeURIComponent

/** What the server answers about alerts. */
export const alertsApi = {
  list: ({ page = 1, ...asked }: AlertQuery) =>
    request<AlertPage>('GET', `/api/alerts${query({ ...asked, page: page > 1 ? page : undefined })}`),
  count: () => request<AlertCount>('GET', '/api/alerts/count'),
  one: (alertId: string) => request<AlertDetail>('GET', `/api/alerts/${id(alertId)}`),
  acknowledge: (alertIds: readonly string[], reason: string, minutes: number | null) =>
    request<AlertActs>('POST', '/api/alerts/acknowledgement', { body: { alertIds, reason, minutes } }),
  assign: (alertIds: readonly string[], userName: string) =>
    request<AlertActs>('POST', '/api/alerts/assignment', { body: { alertIds, userName } }),
  resolve: (alertIds: readonly string[], note: string) =>
    request<AlertActs>('POST', '/api/alerts/resolution', { body: { alertIds, note } }),
  close: (alertIds: readonly string[], verdict: AlertVerdict, note: string) =>
    request<AlertActs>('POST', '/api/alerts/closing', { body: { alertIds, verdict, note } }),
  people: (schoolId: string) => request<AlertPerson[]>('GET', `/api/alerts/people?schoolId=${id(schoolId)}`),
  silences: () => request<Silence[]>('GET', '/api/alerts/silences'),
  silence: (wanted: WantedSilence) => request<Silence>('POST', '/api/alerts/silences', { body: wanted }),
  endSilence: (silenceId: string) => request<void>('DELETE', `/api/alerts/silences/${id(silenceId)}`),
  rules: () => request<AlertRuleView[]>('GET', '/api/alerts/rules'),
  changeRule: (rule: AlertRule) => request<AlertRuleView>('PUT', `/api/alerts/rules/${id(rule.kind)}`, { body: rule }),
}
