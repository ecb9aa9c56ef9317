import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type OwnAccount = S.OwnAccountView
export type Session = S.SessionView
export type SecondFactorSetup = S.SecondFactorSetup

const factor = '/api/account/second-factor'

/** What people do with their own account. */
export const ownAccountApi = {
  show: () => request<OwnAccount>('GET', '/api/account'),
  changePassword: (password: string, wanted: string, endOthers: boolean) =>
    request<void>('PUT', '/api/account/password', { body: { password, wanted, endOthers } }),
  sessions: async () => (await request<S.SessionList>('GET', '/api/account/sessions')).sessions,
  endSession: (sessionId: string) => request<void>('DELETE', `/api/account/sessions/${encodeURIComponent(sessionId)}`),
  prepareSecondFactor: (password: string) => request<SecondFactorSetup>('POST', factor, { body: { password } }),
  beginSecondFactor: async (ticket: string, code: string) =>
    (await request<S.RecoveryCodes>('PUT', factor, { body: { ticket, code } })).codes,
  renewCodes: async (password: string) =>
    (await request<S.RecoveryCodes>('POST', `${factor}/codes`, { body: { password } })).codes,
  removeSecondFactor: (password: string) => request<void>('POST', `${factor}/removal`, { body: { password } }),
}
