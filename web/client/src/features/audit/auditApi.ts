import { request, requestFile } from '@/api/http'
import { query } from '@/api/query'
import type * as S from '@/api/schema'

export type AuditLine = S.AuditLine
export type AuditHead = S.AuditHead
export type AuditVerdict = S.AuditVerdict
export type RetentionView = S.RetentionView

/** What the trail is searched by. `from` and `to` are instants; `action` are beginnings of actions with commas between. */
export interface AuditFilter {
  from?: string
  to?: string
  user?: string
  action?: string
  target?: string
}

const audit = '/api/admin/audit'

/** The audit trail, its sealed head, and what is kept for how long. */
export const auditApi = {
  lines: (filter: AuditFilter, before: number | null, take: number) =>
    request<S.AuditPage>('GET', audit + query({ ...filter, before: before ?? undefined, take })),
  export: (filter: AuditFilter) => requestFile(`${audit}/export${query(filter)}`, 'text/csv'),
  head: () => requestFile(`${audit}/head`, 'application/json'),
  verify: () => request<AuditVerdict>('GET', `${audit}/verification`),
  verifyWith: (head: unknown) => request<AuditVerdict>('POST', `${audit}/verification`, { body: head }),
  retention: () => request<RetentionView>('GET', '/api/admin/retention'),
}
