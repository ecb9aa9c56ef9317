import type { BookedDay, Booking, BookingWeek, RoomBooking, TakenTime } from './bookingsApi'

export type Period = BookedDay['periods'][number]

/** What a cell of the calendar is for whoever looks at it. */
export interface Slot {
  readonly day: BookedDay
  /** Null: the day has no such period. */
  readonly period: Period | null
  readonly taken: readonly TakenTime[]
  /** Whether it can be booked: it is in the time for that, and nobody else has the room. */
  readonly isFree: boolean
}

/** A row of the calendar; the times are those of the first day that has the period. */
export interface Line {
  readonly period: Period
  readonly slots: readonly Slot[]
}

/** The days that are shown: Monday to Friday, and those of a weekend that have periods. */
export const shownDays = (week: BookingWeek): readonly BookedDay[] =>
  week.days.filter((day, index) => index < 5 || day.periods.length > 0)

/** A room's week: a row a period, a cell a day. */
export function linesOf(week: BookingWeek, roomId: string, now: number): readonly Line[] {
  const days = shownDays(week)
  const periods = new Map<number, Period>()
  for (const day of days) for (const one of day.periods) if (!periods.has(one.number)) periods.set(one.number, one)
  return [...periods.values()]
    .sort((one, other) => one.number - other.number)
    .map((period) => ({ period, slots: days.map((day) => slotOf(week, roomId, day, period.number, now)) }))
}

function slotOf(week: BookingWeek, roomId: string, day: BookedDay, number: number, now: number): Slot {
  const period = day.periods.find((one) => one.number === number) ?? null
  if (!period) return { day, period, taken: [], isFree: false }
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  const taken = week.taken.filter(
    (one) => one.roomId === roomId && Date.parse(one.from) < to && Date.parse(one.to) > from,
  )
  const isBookable = week.mayAsk && day.date >= week.firstDate && day.date <= week.lastDate && from > now
  // An own lesson that the timetable has in the room is what one would book.
  return { day, period, taken, isFree: isBookable && taken.every((one) => one.isLesson && one.isOwn) }
}

/** Those that wait for the reader's decision: the earliest first. */
export const toDecide = (bookings: readonly Booking[]): readonly Booking[] =>
  bookings
    .filter((one) => one.mayDecide && one.state === 'asked')
    .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from))

/** Those that are still to come or last. */
export const isOpen = (booking: Pick<Booking, 'state'>): boolean =>
  booking.state === 'asked' || booking.state === 'approved' || booking.state === 'recording'

/** Whom a recording of a room is of, in a few words. */
export const lessonOf = (booking: Pick<Booking | RoomBooking, 'teacherName' | 'className'>): string =>
  [booking.teacherName, booking.className].filter(Boolean).join(' ')
