import { describe, expect, test } from 'vitest'
import { linesOf, shownDays, toDecide } from './bookings'
import type { Booking, BookingWeek } from './bookingsApi'

const period = (date: string, number: number) => ({
  number,
  name: `第${number}节`,
  kind: 'lesson' as const,
  from: `${date}T0${number}:00:00Z`,
  to: `${date}T0${number}:40:00Z`,
})
const day = (date: string, ...numbers: number[]) => ({
  date,
  kind: 'teaching' as const,
  name: null,
  periods: numbers.map((number) => period(date, number)),
})
const week = (taken: BookingWeek['taken']): BookingWeek => ({
  schoolId: 's01',
  from: '2026-09-07',
  rooms: [{ roomId: 's01-801', name: '录播教室' }],
  days: [
    day('2026-09-07', 1, 2),
    day('2026-09-08', 1, 2),
    day('2026-09-09', 2),
    day('2026-09-10'),
    day('2026-09-11', 1),
    day('2026-09-12'),
    day('2026-09-13', 1),
  ],
  taken,
  firstDate: '2026-09-08',
  lastDate: '2026-12-31',
  mayAsk: true,
  approval: 'school',
  longestMinutes: 90,
  keepDays: null,
})
const at = Date.parse('2026-09-07T00:30:00Z')
const cell = (of: BookingWeek, line: number, column: number, now = at) =>
  linesOf(of, 's01-801', now)[line].slots[column]

describe('the week of a recording room', () => {
  test('has a row a period and leaves out weekend days without any', () => {
    expect(shownDays(week([])).map((one) => one.date)).toEqual([
      '2026-09-07',
      '2026-09-08',
      '2026-09-09',
      '2026-09-10',
      '2026-09-11',
      '2026-09-13',
    ])
    expect(linesOf(week([]), 's01-801', at).map((line) => line.period.number)).toEqual([1, 2])
  })

  test('cannot be booked too late, after its time, or where a day has no such period', () => {
    expect(cell(week([]), 0, 0).isFree).toBe(false) // today: too late by the setting
    expect(cell(week([]), 0, 1).isFree).toBe(true)
    expect(cell(week([]), 0, 2).period).toBeNull()
    expect(cell(week([]), 0, 1, Date.parse('2026-09-08T01:00:00Z')).isFree).toBe(false)
    expect(cell({ ...week([]), mayAsk: false }, 0, 1).isFree).toBe(false)
  })

  test('is taken by what overlaps it, but not by the own lesson of the timetable', () => {
    const lesson = (isOwn: boolean, isLesson = true) => ({
      roomId: 's01-801',
      from: '2026-09-08T01:30:00Z',
      to: '2026-09-08T02:10:00Z',
      by: '赵一',
      isLesson,
      isOwn,
      state: null,
    })
    expect([cell(week([lesson(false)]), 0, 1).isFree, cell(week([lesson(false)]), 1, 1).isFree]).toEqual([false, false])
    expect(cell(week([lesson(true)]), 0, 1).isFree).toBe(true)
    expect(cell(week([lesson(true, false)]), 0, 1).isFree).toBe(false) // booked by oneself already
    expect(cell(week([{ ...lesson(false), roomId: 's01-802' }]), 0, 1).isFree).toBe(true)
  })
})

test('only what is asked of the reader waits for a decision, the earliest first', () => {
  const one = (bookingId: string, from: string, more: object) =>
    ({ bookingId, from, state: 'asked', mayDecide: true, ...more }) as Booking
  expect(
    toDecide([
      one('late', '2026-09-09T01:00:00Z', {}),
      one('own', '2026-09-08T01:00:00Z', { mayDecide: false }),
      one('done', '2026-09-08T01:00:00Z', { state: 'approved' }),
      one('soon', '2026-09-08T01:00:00Z', {}),
    ]).map((booking) => booking.bookingId),
  ).toEqual(['soon', 'late'])
})
