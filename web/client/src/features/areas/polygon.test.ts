import { describe, expect, it } from 'vitest'
import type { Outline } from '@/api/types'
import { crossesItself, inserted, middle, mostCorners, moved, removed, same } from './polygon'

const square: Outline = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
]

describe('an outline', () => {
  it('keeps its corners within the picture', () => {
    expect(moved(square, 0, -0.2, 1.4)[0]).toEqual([0, 1])
    expect(moved(square, 1, 0.123456, 0.5)[1]).toEqual([0.1235, 0.5])
  })

  it('gets a corner in the middle of an edge, the last edge included', () => {
    expect(inserted(square, 0)).toEqual([
      [0.1, 0.1],
      [0.5, 0.1],
      [0.9, 0.1],
      [0.9, 0.9],
      [0.1, 0.9],
    ])
    expect(inserted(square, 3).at(-1)).toEqual([0.1, 0.5])
    expect(middle(square, 3)).toEqual([0.1, 0.5])
  })

  it('keeps to three to thirty-two corners', () => {
    const triangle = removed(square, 2)
    expect(triangle).toHaveLength(3)
    expect(removed(triangle, 0)).toBe(triangle)
    let many = square
    for (let i = 0; i < 40; i++) many = inserted(many, 0)
    expect(many).toHaveLength(mostCorners)
  })

  it('is seen to cross itself', () => {
    expect(crossesItself(square)).toBe(false)
    expect(crossesItself(moved(square, 0, 0.95, 0.5))).toBe(true)
  })

  it('is compared corner by corner', () => {
    expect(
      same(
        square,
        square.map(([x, y]) => [x, y] as const),
      ),
    ).toBe(true)
    expect(same(square, null)).toBe(false)
    expect(same(null, null)).toBe(true)
  })
})
