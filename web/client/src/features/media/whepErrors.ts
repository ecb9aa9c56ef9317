import { ApiError } from '@/api/http'

/** What a refused or failed viewing session means for the visitor, and so what happens next. */
export type WhepFault =
  | 'no-publisher' // the camera is not there: wait for it
  | 'no-sound' // the camera sends no sound that could be heard: nothing to wait for in a visit for the sound alone
  | 'no-codec' // this browser cannot decode what the camera sends: say so, there is nothing to wait for
  | 'visit-closed' // the server has ended the visit: open it again
  | 'signed-out'
  | 'forbidden'
  | 'refused' // the server could not use the offer
  | 'full' // the room, the server or this account has no place left just now: try again
  | 'unreachable' // no answer, or the server is restarting: try again
  | 'lost' // media had started and broke off: try again

const byCode: Record<string, WhepFault> = {
  'no-publisher': 'no-publisher',
  'unsupported-codec': 'no-codec',
  'no-visit': 'visit-closed',
  'no-sound': 'no-sound',
  full: 'full',
  'room-full': 'full',
  'too-many-sessions': 'full',
}

export function faultOf(error: ApiError): WhepFault {
  const known = byCode[error.code]
  if (known) return known
  if (error.status === 0 || error.status >= 500) return 'unreachable'
  switch (error.status) {
    case 401:
      return 'signed-out'
    case 403:
      return 'forbidden'
    case 409:
      return 'no-publisher'
    case 422:
      return 'no-codec'
    case 429:
      return 'full'
    default:
      return 'refused'
  }
}

/** Faults that mend by themselves. */
export const passing: ReadonlySet<WhepFault> = new Set(['full', 'unreachable', 'lost'])
