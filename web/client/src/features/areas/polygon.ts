import type { Corner, Outline } from '@/api/types'

export const fewestCorners = 3
export const mostCorners = 32

/** Within the picture, and rounded as the server keeps it: to a tenth of a pixel. */
function placed(x: number, y: number): Corner {
  const within = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
  return [within(x), within(y)]
}

export function moved(outline: Outline, index: number, x: number, y: number): Outline {
  return outline.map((corner, at) => (at === index ? placed(x, y) : corner))
}

/** The middle of the edge from a corner to the next. */
export function middle(outline: Outline, index: number): Corner {
  const [a, b] = [outline[index], outline[(index + 1) % outline.length]]
  return placed((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
}

/** A new corner in the middle of the edge behind a corner; at most {@link mostCorners}. */
export function inserted(outline: Outline, index: number): Outline {
  return outline.length >= mostCorners ? outline : outline.toSpliced(index + 1, 0, middle(outline, index))
}

/** Without a corner; at least {@link fewestCorners} stay. */
export function removed(outline: Outline, index: number): Outline {
  return outline.length <= fewestCorners ? outline : outline.toSpliced(index, 1)
}

/** Whether two outlines are the same, corner by corner. */
export function same(a: Outline | null, b: Outline | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether edges cross each other: the server refuses that, the page says it while one draws. */
export function crossesItself(outline: Outline): boolean {
  const edge = (index: number) => [outline[index], outline[(index + 1) % outline.length]] as const
  const turn = (a: Corner, b: Corner, c: Corner) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  return outline.some((_, first) =>
    outline.some((_, second) => {
      if (second < first + 2 || (second + 1) % outline.length === first) return false
      const [a, b] = edge(first)
      const [c, d] = edge(second)
      return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)
    }),
  )
}
