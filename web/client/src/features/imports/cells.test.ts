import { describe, expect, it } from 'vitest'
import { addressOf, cellOf, ordered, within } from './cells'

describe('cells of a sheet', () => {
  it.each([
    [0, 0, 'A1'],
    [8, 5, 'F9'],
    [0, 25, 'Z1'],
    [0, 26, 'AA1'],
    [99, 701, 'ZZ100'],
    [0, 702, 'AAA1'],
  ])('row %i, column %i is %s', (row, column, address) => {
    expect(addressOf(row, column)).toBe(address)
    expect(cellOf(address)).toEqual({ row, column })
  })

  it('are in a region whichever corner is named first', () => {
    expect(within('A2:C4', 1, 0)).toBe(true)
    expect(within('C4:A2', 3, 2)).toBe(true)
    expect(within('A2:C4', 0, 0)).toBe(false)
    expect(within('nonsense', 0, 0)).toBe(false)
    expect(ordered('C2:A4')).toBe('A2:C4')
  })
})
