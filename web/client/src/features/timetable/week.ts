import type { DayView, LessonView, Week } from './timetableApi'

/** Whose week is shown: what it is of need not be said in each lesson. */
export type By = 'classes' | 'teachers' | 'rooms'

/** A row of the week; the times are those of the first day that has the period. */
export interface PeriodLine {
  readonly number: number
  readonly name: string
  readonly from: string
  readonly to: string
}

/** The periods that any day of the week has, in their order. */
export function linesOf(week: Week): readonly PeriodLine[] {
  const lines = new Map<number, PeriodLine>()
  for (const day of week.days) {
    for (const period of [...day.periods, ...day.lessons.map((lesson) => lesson.period)])
      if (!lines.has(period.number)) lines.set(period.number, period)
  }
  const used = new Set(week.days.flatMap((day) => day.lessons.map((lesson) => lesson.period.number)))
  const isLesson = new Map(week.days.flatMap((day) => day.periods.map((one) => [one.number, one.kind !== 'other'])))
  return [...lines.values()]
    .filter(({ number }) => used.has(number) || isLesson.get(number))
    .sort((one, other) => one.number - other.number)
}

/** The days that are shown: Monday to Friday, and those of a weekend that teach. */
export const daysOf = (week: Week): readonly DayView[] =>
  week.days.filter((day, index) => index < 5 || day.kind !== 'off' || day.lessons.length > 0)

export const lessonsAt = (day: DayView, period: number): readonly LessonView[] =>
  day.lessons.filter((lesson) => lesson.period.number === period)

/** Taken from the one whose week it is: another gives it, or it is in another room. */
export function isTaken(lesson: LessonView, by: By, of: string): boolean {
  return by === 'teachers' ? lesson.teacherId !== of : by === 'rooms' ? lesson.roomId !== of : false
}

/** What was done to a lesson, as a word: 'substituted', 'moved', 'cancelled' or 'elsewhere'; '' for nothing. */
export function markOf(lesson: LessonView): '' | 'cancelled' | 'elsewhere' | 'substituted' | 'moved' {
  if (lesson.state !== 'held') return lesson.state
  if (!lesson.change) return ''
  const { unchanged } = lesson
  if (lesson.teacherId !== unchanged.teacherId) return 'substituted'
  const isSame =
    lesson.roomId === unchanged.roomId &&
    lesson.date === unchanged.date &&
    lesson.period.number === unchanged.period?.number
  return isSame ? '' : 'moved'
}

/** "08:20" by this computer's clock. */
export function clockTime(instant: string): string {
  const at = new Date(instant)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

export const isNow = (lesson: LessonView, now: number): boolean =>
  Date.parse(lesson.period.from) <= now && now < Date.parse(lesson.period.to)

interface HeldLesson {
  readonly roomId: string
  readonly from: string
  readonly to: string
  readonly teacherId: string | null
  readonly period: number | null
  readonly ended: boolean
}

/** The lesson on record that a lesson of the timetable became, once it is over: in the same room at the same time. */
export function snapshotOf<T extends HeldLesson>(lesson: LessonView, held: readonly T[]): T | undefined {
  const [from, to] = [Date.parse(lesson.period.from), Date.parse(lesson.period.to)]
  return held
    .filter((one) => one.ended && one.roomId === lesson.roomId && one.teacherId === lesson.teacherId)
    .find((one) => one.period === lesson.period.number && Date.parse(one.from) < to && Date.parse(one.to) > from)
}
