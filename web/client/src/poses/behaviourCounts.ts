import type { Behaviour, RoomView } from '@/api/types'

type Counts = Pick<RoomView, 'handsRaised' | 'standing' | 'headsUp' | 'headsDown' | 'headsOnDesk' | 'unknown'>

/** How many do what, by the behaviour's name; of a room's view or of a point of its history. */
export function countsOf({
  handsRaised,
  standing,
  headsUp,
  headsDown,
  headsOnDesk,
  unknown,
}: Counts): Record<Behaviour, number> {
  return { handRaised: handsRaised, standing, headUp: headsUp, headDown: headsDown, headOnDesk: headsOnDesk, unknown }
}
