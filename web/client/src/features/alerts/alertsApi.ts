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
export type AlertChoice = S.ChoiceView
export type AlertChannel = S.AlertChannel
export type AlertRobot = S.RobotView
export type AlertTrial = S.AlertTrialView
export type TestResult = S.TestResult
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

/** How a person wants to be told. */
export type WantedChoice = Pick<AlertChoice, 'byMail' | 'address' | 'least' | 'quietFrom' | 'quietTo'>

/** A robot as it is to be; without an address, one that is there keeps its own. */
export interface WantedRobot {
  readonly schoolId: string
  readonly channel: AlertChannel
  readonly name: string
  readonly address: string | null
  readonly secret: string | null
  readonly least: AlertSeverity
  readonly isOn: boolean
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
  tryRule: (rule: AlertRule) => request<AlertTrial>('POST', `/api/alerts/rules/${id(rule.kind)}/trial`, { body: rule }),
  choice: () => request<AlertChoice>('GET', '/api/alerts/choice'),
  choose: (wanted: WantedChoice) => request<void>('PUT', '/api/alerts/choice', { body: wanted }),
  testChoice: () => request<TestResult>('POST', '/api/alerts/choice/test', { body: {} }),
  robots: () => request<AlertRobot[]>('GET', '/api/alerts/robots'),
  addRobot: (wanted: WantedRobot) => request<AlertRobot>('POST', '/api/alerts/robots', { body: wanted }),
  changeRobot: (robotId: string, wanted: WantedRobot) =>
    request<AlertRobot>('PUT', `/api/alerts/robots/${id(robotId)}`, { body: wanted }),
  removeRobot: (robotId: string) => request<void>('DELETE', `/api/alerts/robots/${id(robotId)}`),
  testRobot: (robotId: string) => request<TestResult>('POST', `/api/alerts/robots/${id(robotId)}/test`, { body: {} }),
}
