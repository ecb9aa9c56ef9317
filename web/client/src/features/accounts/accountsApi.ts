import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type Account = S.AccountView
export type AccountEntry = S.AccountEntry
export type InvitationLink = S.InvitationLink
export type Invited = S.Invited
export type Session = S.SessionView
export type TeacherAccounts = S.TeacherAccounts

const path = (userName: string) => `/api/accounts/${encodeURIComponent(userName)}`

/** The accounts, and the links with which passwords are chosen. */
export const accountsApi = {
  list: async () => (await request<S.AccountList>('GET', '/api/accounts')).accounts,
  make: (entry: AccountEntry) => request<S.InvitedAccount>('POST', '/api/accounts', { body: entry }),
  makeForTeachers: (schoolId: string) =>
    request<TeacherAccounts>('POST', '/api/accounts/teachers', { body: { schoolId } }),
  change: (userName: string, entry: AccountEntry) => request<Account>('PUT', path(userName), { body: entry }),
  invite: (userName: string) => request<InvitationLink>('POST', `${path(userName)}/invitation`),
  lock: (userName: string, locked: boolean) => request<Account>('PUT', `${path(userName)}/lock`, { body: { locked } }),
  removeSecondFactor: (userName: string) => request<Account>('DELETE', `${path(userName)}/second-factor`),
  subjects: async () =>
    (await request<{ rows: readonly { id: string; name: string; nameEn: string }[] }>('GET', '/api/books/subjects'))
      .rows,
  sessions: async (userName: string) => (await request<S.SessionList>('GET', `${path(userName)}/sessions`)).sessions,
  endSession: (userName: string, sessionId: string) =>
    request<void>('DELETE', `${path(userName)}/sessions/${encodeURIComponent(sessionId)}`),
  teachers: async (schoolId: string) =>
    (
      await request<{ rows: readonly { id: string; name: string; number: string | null; userName: string | null }[] }>(
        'GET',
        `/api/books/teachers?schoolId=${encodeURIComponent(schoolId)}`,
      )
    ).rows,
  lookAtInvitation: (token: string) =>
    request<Invited>('POST', '/api/invitations/look', { body: { value: token }, expectUnauthorised: true }),
  useInvitation: (token: string, password: string) =>
    request<S.SessionUser | undefined>('POST', '/api/invitations/use', {
      body: { value: token, password },
      expectUnauthorised: true,
    }),
}
