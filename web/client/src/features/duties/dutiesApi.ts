import { request } from '@/api/http'
import type * as S from '@/api/schema'

export type Duty = S.Duty
export type DutyList = S.DutyList

export const dutiesApi = { list: () => request<DutyList>('GET', '/api/duties') }

/** Where a duty is done. */
export function placeOf(duty: Duty): string {
  if (duty.kind === 'tendAlert') return '/alerts'
  return duty.kind.endsWith('Rectification') ? `/rectifications/${duty.id}` : `/observations/${duty.id}`
}
