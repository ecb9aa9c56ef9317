import { describe, expect, it } from 'vitest'
import { dayOf } from './calendarYear'
import { addMonths, schoolYearOf, weekdayOf, weekOf, weeksOfMonth } from '@/ui/days'
import { clashesOf, hoursOf, inCells, lessonsOf, periodsOf, weekdaysOf } from './timetableWeek'
import type { CalendarRow, DayPlanRow, EntryRow, Row, TermRow } from './types'

const entry = (id: string, changes: Partial<EntryRow> = {}): EntryRow => ({
  id,
  version: '1',
  termId: 't',
  schoolId: 's01',
  weekday: 1,
  period: 1,
  firstWeek: 1,
  lastWeek: null,
  rotation: 1,
  turns: 1,
  date: null,
  classId: 'c1',
  subjectId: 'maths',
  teacherId: 'li',
  roomId: null,
  ...changes,
})
const classes = (id: string): Row | undefined =>
  id === 'c1' ? { id, version: '1', roomId: 'r1' } : { id, version: '1', roomId: null }

describe('the week of a timetable', () => {
  const lessons = [
    entry('a', { rotation: 2, turns: 2, subjectId: 'art' }),
    entry('b', { rotation: 2, turns: 1 }),
    entry('c', { weekday: 2, classId: 'c2', teacherId: null, roomId: 'r1' }),
    entry('d', { date: '2026-09-02', period: 3 }),
  ]

  it('is of a class, a teacher or a room, the class’s own room included', () => {
    const ids = (by: 'classes' | 'teachers' | 'rooms', id: string) =>
      lessonsOf(by, id, lessons, classes).map((lesson) => lesson.id)
    expect(ids('classes', 'c1')).toEqual(['a', 'b', 'd'])
    expect(ids('teachers', 'li')).toEqual(['a', 'b', 'd'])
    expect(ids('rooms', 'r1')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('has odd and even weeks in one cell, and a single date under its weekday', () => {
    const cells = inCells(lessons)
    expect(cells.get('1/1')?.map((lesson) => lesson.id)).toEqual(['b', 'a'])
    expect(cells.get('3/3')?.map((lesson) => lesson.id)).toEqual(['d'])
  })

  it('counts odd and even weeks as halves', () => expect(hoursOf(lessons)).toBe(2))

  it('shows a weekend only where there are lessons', () => {
    expect(weekdaysOf(lessons, [])).toEqual([1, 2, 3, 4, 5])
    expect(weekdaysOf([entry('e', { weekday: 6 })], [])).toEqual([1, 2, 3, 4, 5, 6])
  })

  const plan = (id: string, changes: Partial<DayPlanRow>): DayPlanRow => ({
    id,
    version: '1',
    schoolId: null,
    name: id,
    weekdays: [1, 2, 3, 4, 5],
    firstDay: null,
    lastDay: null,
    periods: [{ number: 1, name: id, kind: 'lesson', from: '08:00', to: '08:40' }],
    ...changes,
  })
  it('has the periods of the school’s own plan that is in force', () => {
    const plans = [
      plan('district', {}),
      plan('summer', { schoolId: 's01', firstDay: '2026-05-01', lastDay: '2026-09-30' }),
      plan('other', { schoolId: 's02' }),
      plan('exam', { schoolId: 's01', weekdays: [] }),
    ]
    expect(periodsOf(plans, 's01', '2026-09-15')[0].name).toBe('summer')
    expect(periodsOf(plans, 's01', '2026-11-15')[0].name).toBe('district')
    expect(periodsOf([], 's01', '2026-11-15')).toEqual([])
  })
})

describe('clashes of a lesson', () => {
  const what = (one: EntryRow, other: EntryRow) => clashesOf(one, [one, other], classes).map((clash) => clash.what)

  it('are those of its class, its teacher and its room', () => {
    expect(what(entry('a'), entry('b', { teacherId: 'wang' }))).toEqual(['classes'])
    expect(what(entry('a'), entry('b', { classId: 'c2' }))).toEqual(['teachers'])
    expect(what(entry('a'), entry('b', { classId: 'c2', teacherId: 'wang', roomId: 'r1' }))).toEqual(['rooms'])
    expect(what(entry('a'), entry('b', { classId: 'c2', teacherId: null }))).toEqual([])
  })

  it('are none at another time, in other weeks, or where one date stands in', () => {
    expect(what(entry('a'), entry('b', { period: 2 }))).toEqual([])
    expect(what(entry('a'), entry('b', { weekday: 2 }))).toEqual([])
    expect(what(entry('a', { rotation: 2, turns: 1 }), entry('b', { rotation: 2, turns: 2 }))).toEqual([])
    expect(what(entry('a', { date: '2026-09-07' }), entry('b'))).toEqual([])
  })
})

describe('days', () => {
  it('lie under their weekdays, leap days included', () => {
    const weeks = weeksOfMonth({ year: 2028, month: 2 })
    expect(weeks[0]).toEqual([null, '2028-02-01', '2028-02-02', '2028-02-03', '2028-02-04', '2028-02-05', '2028-02-06'])
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(29)
    expect(weekdayOf('2028-02-29')).toBe(2)
  })

  it('are in the school year from August to July', () => {
    expect(schoolYearOf('2026-11-30')).toEqual({ year: 2026, month: 8 })
    expect(schoolYearOf('2027-07-31')).toEqual({ year: 2026, month: 8 })
    expect(addMonths({ year: 2026, month: 8 }, 5)).toEqual({ year: 2027, month: 1 })
    expect(addMonths({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 })
  })

  it('are in the week, Monday to Sunday, that the term’s first day lies in', () => {
    // A term that begins on a Tuesday.
    expect(weekOf('2026-09-01', '2026-09-01')).toBe(1)
    expect(weekOf('2026-09-06', '2026-09-01')).toBe(1)
    expect(weekOf('2026-09-07', '2026-09-01')).toBe(2)
  })
})

describe('a day of the calendar', () => {
  const row = (id: string, changes: Partial<CalendarRow>): CalendarRow => ({
    id,
    version: '1',
    schoolId: null,
    firstDay: '2026-10-01',
    lastDay: '2026-10-07',
    kind: 'off',
    grade: null,
    followsDate: null,
    followsWeekday: null,
    dayPlanId: null,
    name: id,
    ...changes,
  })
  const term: TermRow = {
    id: 't',
    version: '1',
    name: 't',
    firstDay: '2026-09-01',
    lastDay: '2027-01-22',
    uncountedWeeks: [],
  }

  it('is what the school says before what the district says, and what fewer days say before more', () => {
    const holiday = row('holiday', {})
    const day = row('day', { firstDay: '2026-10-06', lastDay: '2026-10-06', kind: 'teaching' })
    const own = row('own', { schoolId: 's01', firstDay: '2026-10-05', lastDay: '2026-10-07', kind: 'exam' })
    const kindOn = (date: string, rows: CalendarRow[]) => dayOf(date, rows, [term]).row?.id
    expect(kindOn('2026-10-06', [holiday, day])).toBe('day')
    expect(kindOn('2026-10-06', [holiday, day, own])).toBe('own')
    expect(kindOn('2026-10-01', [holiday, day, own])).toBe('holiday')
  })

  it('is a term’s, a weekend’s or none', () => {
    expect(dayOf('2026-10-08', [], [term])).toMatchObject({ kind: 'plain', week: 6 })
    expect(dayOf('2026-10-10', [], [term]).kind).toBe('weekend')
    expect(dayOf('2027-02-01', [], [term])).toMatchObject({ kind: 'outside', week: null })
  })
})
