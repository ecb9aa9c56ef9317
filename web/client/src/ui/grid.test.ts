import { describe, expect, it } from 'vitest'
import { fitColumns, step } from './grid'

describe('step', () => {
  it('stops at the edges instead of jumping over them', () => {
    expect(step('ArrowLeft', 0, 10, 4)).toBe(0)
    expect(step('ArrowRight', 9, 10, 4)).toBe(9)
    expect(step('ArrowUp', 2, 10, 4)).toBe(2)
    expect(step('ArrowDown', 7, 10, 4)).toBe(7)
  })
  it('moves by rows', () => {
    expect(step('ArrowDown', 1, 10, 4)).toBe(5)
    expect(step('ArrowUp', 9, 10, 4)).toBe(5)
  })
  it('knows the ends', () => {
    expect(step('Home', 5, 10, 4)).toBe(0)
    expect(step('End', 5, 10, 4)).toBe(9)
  })
})

describe('fitColumns', () => {
  const height = (tile: number) => (tile * 9) / 16 + 60
  const rows = (count: number, columns: number) => Math.ceil(count / columns)

  it.each([1, 6, 20, 60])('fills a 1920x1000 wall with %i tiles that all fit', (count) => {
    const columns = fitColumns(count, 1920, 1000, height, 8, 140)
    const tile = (1920 - 8 * (columns - 1)) / columns
    expect(rows(count, columns) * height(tile) + 8 * (rows(count, columns) - 1)).toBeLessThanOrEqual(1000)
    if (columns > 1) {
      const wider = (1920 - 8 * (columns - 2)) / (columns - 1)
      expect(rows(count, columns - 1) * height(wider) + 8 * (rows(count, columns - 1) - 1)).toBeGreaterThan(1000)
    }
  })
  it('scrolls at the narrowest tile rather than draw what cannot be read', () => {
    expect(fitColumns(400, 1920, 1000, height, 8, 180)).toBe(10)
  })
  it('does not blow a single card up beyond its widest', () => {
    expect(fitColumns(1, 1920, 1000, height, 8, 180, 400)).toBe(5)
  })
})
