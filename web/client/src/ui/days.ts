/** Days are written as the server writes them, "2026-09-01", and have no time zone. */
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const written = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)
const oneDay = 86_400_000

export const addDays = (day: string, by: number): string => written(utc(day) + by * oneDay)

/** 1, Monday, to 7. */
export const weekdayOf = (day: string): number => ((new Date(utc(day)).getUTCDay() + 6) % 7) + 1

/** The number of days from one to another, counting both. */
export const lengthOf = (first: string, last: string): number => Math.round((utc(last) - utc(first)) / oneDay) + 1

/** The week of a term, from 1: its first is the one, Monday to Sunday, that its first day lies in. */
export function weekOf(day: string, firstDay: string): number {
  const monday = addDays(firstDay, 1 - weekdayOf(firstDay))
  return Math.floor((utc(day) - utc(monday)) / (7 * oneDay)) + 1
}

export interface Month {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

/** The month that so many others follow. */
export function addMonths({ year, month }: Month, by: number): Month {
  const at = year * 12 + month - 1 + by
  return { year: Math.floor(at / 12), month: (at % 12) + 1 }
}

/** The days of a month under their weekdays, from Monday; null where another month's would stand. */
export function weeksOfMonth({ year, month }: Month): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const cells: (string | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null)
  for (let day = 0; day < count; day++) cells.push(addDays(first, day))
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The first month of the school year, August to July, that a day lies in. */
export function schoolYearOf(day: string): Month {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return { year: month >= 8 ? year : year - 1, month: 8 }
}

/** Today where this browser is. */
export function today(now = new Date()): string {
  return written(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()))
}
