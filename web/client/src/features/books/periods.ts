import type { Period } from './types'

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const two = (value: number) => String(value).padStart(2, '0')

/** "08:00" so many minutes later, on the same day. */
export function later(time: string, by: number): string {
  const at = Math.min(minutes(time) + by, 23 * 60 + 59)
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`
}

/** The period that one would add: as long as the last, ten minutes after it. */
export function nextPeriod(periods: readonly Period[], nameFor: (number: number) => string): Period {
  const number = 1 + periods.reduce((most, period) => Math.max(most, period.number), 0)
  const last = periods.at(-1)
  const from = last ? later(last.to, 10) : '08:00'
  const length = last ? Math.max(5, minutes(last.to) - minutes(last.from)) : 40
  return { number, name: nameFor(number), kind: last?.kind ?? 'lesson', from, to: later(from, length) }
}

/** What is wrong with the periods of a day, by their place; 'none' where there are none. */
export function faultOfPeriods(periods: readonly Period[]): { at: number; fault: PeriodFault } | null {
  if (periods.length === 0) return { at: -1, fault: 'none' }
  for (const [at, period] of periods.entries()) {
    if (period.name.trim() === '') return { at, fault: 'name' }
    if (!(period.number >= 1 && period.number <= 20)) return { at, fault: 'number' }
    if (periods.findIndex((other) => other.number === period.number) !== at) return { at, fault: 'twice' }
    if (!period.from || !period.to || period.from >= period.to) return { at, fault: 'ends' }
    const other = periods.findIndex((one, index) => index < at && one.from < period.to && period.from < one.to)
    if (other >= 0) return { at, fault: 'overlap' }
  }
  return null
}
export type PeriodFault = 'none' | 'name' | 'number' | 'twice' | 'ends' | 'overlap'

export const inOrder = (periods: readonly Period[]): readonly Period[] =>
  periods.toSorted((one, other) => one.from.localeCompare(other.from))

/** A day that most primary schools could begin with. */
export const usualPeriods: readonly Period[] = [
  ['08:20', '09:00'],
  ['09:10', '09:50'],
  ['10:20', '11:00'],
  ['11:10', '11:50'],
  ['14:00', '14:40'],
  ['14:50', '15:30'],
].map(([from, to], at) => ({ number: at + 1, name: `第${at + 1}节`, kind: 'lesson', from: from, to: to }))
