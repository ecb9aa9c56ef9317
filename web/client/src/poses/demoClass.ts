import type { Behaviour, PoseView } from '@/api/types'

const rows = 4
const columns = 7
const moments = 12

export function nextMoment(moment: number): number {
  return (moment + 1) % moments
}

/** A small repeatable hash: the drawing is the same on every visit. */
function noise(seed: number): number {
  const value = Math.sin(seed * 127.1 + 311.7) * 43758.5453
  return value - Math.floor(value)
}

function behaviourAt(seat: number, moment: number): Behaviour {
  if (seat === 9 && moment > 5 && moment < 9) return 'standing'
  if (moment > 1 && moment < 6 && noise(seat + 3) > 0.8) return 'handRaised'
  if (noise(seat * 7 + Math.floor((moment + seat) / 4)) > 0.66) return 'headDown'
  return 'headUp'
}

/** An invented class for the sign-in page's drawing; nobody real, and no figure comes from it. */
export function demoClass(moment: number): PoseView[] {
  const poses: PoseView[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const seat = row * columns + column
      const depth = 0.55 + row * 0.2
      const x = 500 + (column - (columns - 1) / 2) * 142 * depth + (noise(seat) - 0.5) * 26
      const y = 120 + row * 165 + row * row * 22 + (noise(seat + 50) - 0.5) * 18
      poses.push({ seat, confidence: 100, ...seated(x, y, 62 * depth, behaviourAt(seat, moment), seat) })
    }
  }
  return poses
}

/** One seated body around the neck at x, y; `size` is the breadth of the shoulders in thousandths. */
function seated(
  x: number,
  y: number,
  size: number,
  behaviour: Behaviour,
  seat: number,
): Pick<PoseView, 'behaviour' | 'joints'> {
  const lift = behaviour === 'standing' ? -0.9 : 0
  const nod = behaviour === 'headDown' ? 0.12 : 0
  const side = seat % 2 === 0 ? 1 : -1
  const tall = size * 1.5 // the picture is wider than high: a thousandth upwards is shorter
  const at = (dx: number, dy: number) => [Math.round(x + dx * size), Math.round(y + (dy + lift) * tall)]
  const arm = (hand: 1 | -1) => {
    if (behaviour === 'handRaised' && hand === side) return [at(hand * 0.72, -0.18), at(hand * 0.64, -0.98)]
    if (behaviour === 'standing') return [at(hand * 0.62, 0.72), at(hand * 0.58, 1.2)]
    return [at(hand * 0.7, 0.62), at(hand * 0.22, 0.88)]
  }
  const left = arm(1)
  const right = arm(-1)
  return {
    behaviour,
    joints: [
      at(0.02 * side, -0.46 + nod),
      at(0.08, -0.52 + nod),
      at(-0.08, -0.52 + nod),
      at(0.2, -0.5 + nod),
      at(-0.2, -0.5 + nod),
      at(0.5, 0),
      at(-0.5, 0),
      left[0],
      right[0],
      left[1],
      right[1],
      at(0.36, 1.05),
      at(-0.36, 1.05),
    ].flat(),
  }
}
