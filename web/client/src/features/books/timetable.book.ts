import type { Book } from './column'

/** Shown as a week, not as a table; the history tells of its fields. */
export const timetable: Book = {
  name: 'timetable',
  scope: 'school',
  columns: [
    { field: 'classId', kind: 'reference', book: 'classes', sameSchool: true },
    { field: 'weekday', kind: 'weekday' },
    { field: 'period', kind: 'number', least: 1, most: 20 },
    { field: 'subjectId', kind: 'reference', book: 'subjects' },
    { field: 'teacherId', kind: 'reference', book: 'teachers', optional: true },
    { field: 'roomId', kind: 'reference', book: 'rooms', sameSchool: true, optional: true },
    { field: 'rotation', kind: 'number', least: 1, most: 4 },
    { field: 'turns', kind: 'number', least: 1, most: 15 },
    { field: 'firstWeek', kind: 'number', least: 1, most: 60 },
    { field: 'lastWeek', kind: 'number', least: 1, most: 60, optional: true },
    { field: 'date', kind: 'date', optional: true },
    { field: 'termId', kind: 'reference', book: 'terms' },
  ],
  blank: (schoolId) => ({
    schoolId,
    termId: '',
    weekday: 1,
    period: 1,
    firstWeek: 1,
    lastWeek: null,
    rotation: 1,
    turns: 1,
    date: null,
    classId: '',
    subjectId: '',
    teacherId: null,
    roomId: null,
  }),
  title: () => '',
}
