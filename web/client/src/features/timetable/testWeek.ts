import type { LessonView, Week } from './timetableApi'

/** A period of Monday, 12 October 2026, at 08:00, 09:00 and so on. */
export const period = (number: number, day = '2026-10-12') => ({
  number,
  name: `第${number}节`,
  kind: 'lesson' as const,
  from: `${day}T${String(7 + number).padStart(2, '0')}:00:00Z`,
  to: `${day}T${String(7 + number).padStart(2, '0')}:40:00Z`,
})

/** Wang's maths in class 3A on that Monday, first period. */
export const lesson = (changes: Partial<LessonView> = {}): LessonView => ({
  entryId: 'e1',
  classId: '3a',
  className: '三年级1班',
  subjectId: 'maths',
  subjectName: '数学',
  subjectNameEn: 'Maths',
  teacherId: 'wang',
  teacherName: '王老师',
  roomId: 'r1',
  roomName: '301',
  date: '2026-10-12',
  period: period(1),
  state: 'held',
  change: null,
  changeId: null,
  reason: null,
  unchanged: {
    date: '2026-10-12',
    teacherId: 'wang',
    teacherName: '王老师',
    roomId: 'r1',
    roomName: '301',
    period: period(1),
  },
  ...changes,
})

export const weekOf = (lessons: readonly LessonView[]): Week => ({
  schoolId: 's01',
  id: 'wang',
  name: '王老师',
  from: '2026-10-12',
  days: Array.from({ length: 7 }, (_, at) => {
    const date = `2026-10-${12 + at}`
    return {
      date,
      kind: at < 5 ? ('teaching' as const) : ('off' as const),
      name: null,
      week: 6,
      periods: at < 5 ? [period(1, date), period(2, date)] : [],
      lessons: lessons.filter((one) => one.date === date),
    }
  }),
})
