import type { Behaviour, PoseView } from '@/api/types'

/** Indices into a pose's joints, in the order of the wire. Left and right are the person's own. */
export const joint = {
  nose: 0,
  leftEye: 1,
  rightEye: 2,
  leftEar: 3,
  rightEar: 4,
  leftShoulder: 5,
  rightShoulder: 6,
  leftElbow: 7,
  rightElbow: 8,
  leftWrist: 9,
  rightWrist: 10,
  leftHip: 11,
  rightHip: 12,
} as const

export const jointCount = 13

export interface Point {
  x: number
  y: number
}

export interface Head extends Point {
  radius: number
}

/** A pose ready to draw, in units of the frame's height: x runs 0..aspect, y 0..1. */
export interface Body {
  /** Someone without a seat: a teacher walking. Drawn apart, for it is no pupil's behaviour. */
  seated: boolean
  behaviour: Behaviour
  confidence: number
  head: Head | null
  /** Shoulder, shoulder, hip, hip as far as seen, in drawing order; fewer than three points are no torso. */
  torso: Point[]
  /** Shoulder, elbow, wrist, cut off where a joint is missing. */
  arms: Point[][]
  /** The higher wrist of a raised hand. */
  raised: Point | null
}

function pointOf(pose: PoseView, index: number, aspect: number): Point | null {
  const x = pose.joints[2 * index]
  const y = pose.joints[2 * index + 1]
  if (x === undefined || y === undefined || x < 0 || y < 0) return null
  return { x: (x / 1000) * aspect, y: y / 1000 }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const middle = (points: Point[]): Point => ({
  x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
  y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
})

/** Works out head, torso and arms from the joints that were seen; what was not seen is left out, never guessed. */
export function bodyOf(pose: PoseView, aspect: number): Body {
  const at = (index: number) => pointOf(pose, index, aspect)
  const seen = (...indices: number[]) => indices.map(at).filter((point) => point !== null)

  const leftShoulder = at(joint.leftShoulder)
  const rightShoulder = at(joint.rightShoulder)
  const leftHip = at(joint.leftHip)
  const rightHip = at(joint.rightHip)
  const torso = [leftShoulder, rightShoulder, rightHip, leftHip].filter((point) => point !== null)

  const arms = [
    [leftShoulder, at(joint.leftElbow), at(joint.leftWrist)],
    [rightShoulder, at(joint.rightElbow), at(joint.rightWrist)],
  ]
    .map((chain) => chain.slice(0, chain.indexOf(null) < 0 ? chain.length : chain.indexOf(null)) as Point[])
    .filter((chain) => chain.length > 1)

  const wrists = seen(joint.leftWrist, joint.rightWrist).sort((a, b) => a.y - b.y)
  return {
    seated: pose.seat >= 0,
    behaviour: pose.behaviour,
    confidence: pose.confidence,
    head: headOf(pose, aspect, leftShoulder, rightShoulder),
    torso,
    arms,
    raised: pose.behaviour === 'handRaised' ? (wrists[0] ?? null) : null,
  }
}

function headOf(pose: PoseView, aspect: number, leftShoulder: Point | null, rightShoulder: Point | null): Head | null {
  const at = (index: number) => pointOf(pose, index, aspect)
  const nose = at(joint.nose)
  const eyes = [at(joint.leftEye), at(joint.rightEye)].filter((point) => point !== null)
  const ears = earsOf([at(joint.leftEar), at(joint.rightEar)], nose, eyes)
  const face = [nose, ...eyes].filter((point) => point !== null)
  const points = [...ears, ...face]
  if (points.length === 0) return null
  const centre = middle(ears.length === 2 ? ears : points)
  // Shoulders are the steadiest measure of a person's size; from the side they close up, and the ears say more.
  const shoulders = leftShoulder && rightShoulder ? distance(leftShoulder, rightShoulder) : 0
  const between = ears.length === 2 ? distance(ears[0], ears[1]) : 0
  // A shoulder found on a neighbour must not blow the head up: the face's own reach is the limit, where there is one.
  const reach =
    points.length > 2 ? Math.max(...points.map((point) => distance(point, points[0]))) : Number.POSITIVE_INFINITY
  const radius = Math.max(Math.min(0.3 * shoulders, 1.2 * reach), 0.62 * between, 0.012)
  return { ...centre, radius: Math.min(radius, 0.12) }
}

/** The ears, without one found on a neighbour: they are about three times as far apart as an eye is from the nose. */
function earsOf(found: (Point | null)[], nose: Point | null, eyes: Point[]): Point[] {
  const ears = found.filter((point) => point !== null)
  if (ears.length < 2 || !nose || eyes.length === 0) return ears
  const most = 5 * Math.max(...eyes.map((eye) => distance(eye, nose)))
  if (distance(ears[0], ears[1]) <= most) return ears
  return [distance(ears[0], nose) <= distance(ears[1], nose) ? ears[0] : ears[1]]
}

/** Counts by behaviour, for the strip under a seat map. */
export function countBehaviours(poses: readonly PoseView[]): Record<Behaviour, number> {
  const counts: Record<Behaviour, number> = {
    handRaised: 0,
    standing: 0,
    headUp: 0,
    headDown: 0,
    headOnDesk: 0,
    unknown: 0,
  }
  for (const pose of poses) counts[pose.behaviour]++
  return counts
}

/** From what asks for attention to what does not: the order of legends, strips and charts. */
export const behaviours: readonly Behaviour[] = [
  'handRaised',
  'standing',
  'headUp',
  'headDown',
  'headOnDesk',
  'unknown',
]
