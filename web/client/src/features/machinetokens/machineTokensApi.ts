import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type MachineToken = S.MachineTokenView
export type MachineScope = S.MachineScope
export type MadeToken = S.MadeToken

/** What a token may allow, as people choose it. */
export const scopes: readonly MachineScope[] = ['lessons', 'live', 'books', 'operations']

/** The tokens of other programs. */
export const machineTokensApi = {
  list: async () => (await request<S.MachineTokenList>('GET', '/api/admin/tokens')).tokens,
  make: (wanted: S.NewToken) => request<MadeToken>('POST', '/api/admin/tokens', { body: wanted }),
  revoke: (tokenId: string) => request<MachineToken>('DELETE', `/api/admin/tokens/${encodeURIComponent(tokenId)}`),
}
