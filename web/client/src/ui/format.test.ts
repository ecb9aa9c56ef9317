import { describe, expect, it } from 'vitest'
import { clockLength, csv, percent, roughly } from './format'

describe('texts of figures', () => {
  it('never shows a missing rate as zero', () => {
    expect(percent(null)).toBe('—')
    expect(percent(undefined)).toBe('—')
    expect(percent(0)).toBe('0%')
    expect(percent(0.826)).toBe('83%')
  })
  it.each([
    [-5000, 'seconds', 0],
    [59_999, 'seconds', 59],
    [60_000, 'minutes', 1],
    [3_599_000, 'minutes', 59],
    [7_200_000, 'hours', 2],
    [90_000_000, 'days', 1],
  ] as const)('puts %i ms in its largest whole unit', (length, unit, count) => {
    expect(roughly(length)).toEqual({ unit, count })
  })
  it('writes lengths as on a clock', () => {
    expect(clockLength(65_000)).toBe('1:05')
    expect(clockLength(3_725_000)).toBe('1:02:05')
    expect(clockLength(-1)).toBe('0:00')
  })
})

describe('csv', () => {
  it('quotes what needs it', () => {
    expect(csv([['a', 'b,c', 'say "x"']])).toBe('a,"b,c","say ""x"""\r\n')
  })
  it('keeps a purpose from running as a formula', () => {
    expect(csv([['=HYPERLINK("x")']])).toBe('"\'=HYPERLINK(""x"")"\r\n')
  })
})
