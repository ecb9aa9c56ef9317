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
 * The part of the frame that a small seat map shows: everyone, with a margin, and never less than 40 % of the frame
 * either way. It opens at once for somebody at the edge and closes slowly, so that the map does not breathe with every
 * sample.
 */
export function follow(held: Region | null, bounds: Region | null, aspect: number): Region {
  if (!bounds) return held ?? { left: 0, top: 0, right: aspect, bottom: 1 }
  const across = span(bounds.left, bounds.right, aspect)
  const down = span(bounds.top, bounds.bottom, 1)
  const wanted: Region = { left: across.low, top: down.low, right: across.high, bottom: down.high }
  if (!held) return wanted
  const ease = 0.03
  return {
    left: Math.min(wanted.left, held.left + (wanted.left - held.left) * ease),
    top: Math.min(wanted.top, held.top + (wanted.top - held.top) * ease),
    right: Math.max(wanted.right, held.right + (wanted.right - held.right) * ease),
    bottom: Math.max(wanted.bottom, held.bottom + (wanted.bottom - held.bottom) * ease),
  }
}

/** One direction of the region: margin, least size, and moved inside the frame. */
function span(low: number, high: number, limit: number): { low: number; high: number } {
  const margin = 0.03
  const size = Math.min(limit, Math.max(0.4 * limit, high - low + 2 * margin))
  const start = Math.min(Math.max(0, (low + high - size) / 2), limit - size)
  return { low: start, high: start + size }
}

/** How a region fills a canvas: whole and centred, `scale` pixels for a frame's height. */
export function place(region: Region, width: number, height: number): { scale: number; left: number; top: number } {
  const scale = Math.min(width / (region.right - region.left), height / (region.bottom - region.top))
  return {
    scale,
    left: width / 2 - (scale * (region.left + region.right)) / 2,
    top: height / 2 - (scale * (region.top + region.bottom)) / 2,
  }
}
