import type { Behaviour, Figure, PoseView, RoomView, SchoolView } from '@/api/types'

/** Views as the server sends them, for tests: whole, valid, and offline unless a test says otherwise. */

export function figure(changes: Partial<Figure> = {}): Figure {
  return { value: 0.5, samples: 100, coverage: 0.8, windowSeconds: 60, formula: 'head-up-rate/1', ...changes }
}

export function roomView(roomId: string, changes: Partial<RoomView> = {}): RoomView {
  return {
    roomId,
    schoolId: roomId.split('-')[0],
    sequence: 1,
    at: '2026-03-02T08:00:00Z',
    state: 'offline',
    stateSince: '2026-03-02T07:00:00Z',
    fault: null,
    lowConfidence: false,
    intervalMilliseconds: 1000,
    enrolled: 40,
    people: 0,
    handsRaised: 0,
    standing: 0,
    headsUp: 0,
    headsDown: 0,
    headsOnDesk: 0,
    unknown: 0,
    teacher: 'unknown',
    headUpRate: figure(),
    participation: figure({ formula: 'participation/1' }),
    aspect: 16 / 9,
    poses: [],
    ...changes,
  }
}

export function schoolView(schoolId: string, changes: Partial<SchoolView> = {}): SchoolView {
  return {
    schoolId,
    sequence: 1,
    at: '2026-03-02T08:00:00Z',
    rooms: 30,
    live: 0,
    stalled: 0,
    resting: 0,
    people: 0,
    handsRaised: 0,
    headUpRate: figure({ value: null, samples: 0, coverage: 0 }),
    ...changes,
  }
}

/** A pose of which only the named joints were seen, in thousandths of the frame. */
export function pose(
  seen: Partial<Record<number, [number, number]>>,
  behaviour: Behaviour = 'headUp',
  seat = 0,
): PoseView {
  const joints = Array.from({ length: 13 }, (_, index) => seen[index] ?? [-1, -1]).flat()
  return { seat, behaviour, confidence: 90, joints }
}
