import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type SignInService = S.SignInServiceView
export type ServiceLink = S.ServiceLink
export type WaitingSignIn = S.WaitingSignIn

const one = '/api/session/service'
const own = '/api/account/services'
const of = (userName: string) => `/api/accounts/${encodeURIComponent(userName)}/services`

/** Signing in with an account of another service, and the links that this takes. */
export const signInServicesApi = {
  list: async () => (await request<S.SignInServiceList>('GET', '/api/session/services')).services,
  /** Where the browser has to go. */
  begin: async (service: string, returnTo: string) =>
    (
      await request<S.ServiceAddress>('POST', `/api/session/services/${encodeURIComponent(service)}`, {
        body: { returnTo },
      })
    ).address,
  /** Nobody: undefined. */
  waiting: () => request<WaitingSignIn | undefined>('GET', one),
  signIn: (code?: string) =>
    request<S.SessionUser>('POST', one, { body: { code: code ?? null }, expectUnauthorised: true }),
  forget: () => request<void>('DELETE', one),
  ownLinks: async () => (await request<S.ServiceLinkList>('GET', own)).services,
  link: (password: string) => request<void>('POST', own, { body: { password } }),
  unlink: (service: string) => request<void>('DELETE', `${own}/${encodeURIComponent(service)}`),
  links: async (userName: string) => (await request<S.ServiceLinkList>('GET', of(userName))).services,
  unlinkOf: (userName: string, service: string) =>
    request<void>('DELETE', `${of(userName)}/${encodeURIComponent(service)}`),
}
