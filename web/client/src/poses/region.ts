import type { Body, Point } from './body'

/** A part of the frame in units of its height: x 0..aspect, y 0..1. */
export interface Region {
  left: number
  top: number
  right: number
  bottom: number
}

/** The smallest box around everyone, or null for an empty room. */
export function boundsOf(bodies: readonly Body[]): Region | null {
  const points: Point[] = bodies.flatMap((body) => {
    const head = body.head
      ? [
          { x: body.head.x - body.head.radius, y: body.head.y - 1.6 * body.head.radius },
          { x: body.head.x + body.head.radius, y: body.head.y + body.head.radius },
        ]
      : []
    return [...head, ...body.torso, ...body.arms.flat()]
  })
  if (points.length === 0) return null
  return {
    left: Math.min(...points.map((point) => point.x)),
    top: Math.min(...points.map((point) => point.y)),
    right: Math.max(...points.map((point) => point.x)),
    bottom: Math.max(...points.map((point) => point.y)),
  }
}

/**
 * The part of the frame that a small seat map shows: everyone, with a margin, and never less than 40 % of the frame. It
 * opens at once for somebody at the edge and closes slowly, so that the map does not breathe with every sample.
 */
export function follow(held: Region | null, bounds: Region | null, aspect: number): Region {
  const whole: Region = { left: 0, top: 0, right: aspect, bottom: 1 }
  if (!bounds) return held ?? whole
  const margin = 0.04
  const wanted = widen(
    {
      left: Math.max(0, bounds.left - margin),
      top: Math.max(0, bounds.top - margin),
      right: Math.min(aspect, bounds.right + margin),
      bottom: Math.min(1, bounds.bottom + margin),
    },
    aspect,
  )
  if (!held) return wanted
  const ease = 0.03
  return {
    left: Math.min(wanted.left, held.left + (wanted.left - held.left) * ease),
    top: Math.min(wanted.top, held.top + (wanted.top - held.top) * ease),
    right: Math.max(wanted.right, held.right + (wanted.right - held.right) * ease),
    bottom: Math.max(wanted.bottom, held.bottom + (wanted.bottom - held.bottom) * ease),
  }
}

/** Gives the region the frame's own aspect and its least size, moved inside the frame. */
function widen(region: Region, aspect: number): Region {
  const height = Math.min(1, Math.max(0.4, region.bottom - region.top, (region.right - region.left) / aspect))
  const width = height * aspect
  const place = (low: number, high: number, size: number, limit: number) =>
    Math.min(Math.max(0, (low + high - size) / 2), limit - size)
  const left = place(region.left, region.right, width, aspect)
  const top = place(region.top, region.bottom, height, 1)
  return { left, top, right: left + width, bottom: top + height }
}
