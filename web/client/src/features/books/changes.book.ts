import type { Book } from './column'

/** Changes of single lessons: made in the dated week; the history tells of their fields. */
export const changes: Book = {
  name: 'timetable-changes',
  scope: 'school',
  columns: [
    { field: 'kind', kind: 'choice', choices: ['substituted', 'moved', 'cancelled', 'elsewhere'] },
    { field: 'firstDay', kind: 'date' },
    { field: 'lastDay', kind: 'date', optional: true },
    { field: 'teacherId', kind: 'reference', book: 'teachers', optional: true },
    { field: 'roomId', kind: 'reference', book: 'rooms', sameSchool: true, optional: true },
    { field: 'newDate', kind: 'date', optional: true },
    { field: 'newWeekday', kind: 'weekday', optional: true },
    { field: 'newPeriod', kind: 'number', least: 1, most: 20, optional: true },
    { field: 'reason', kind: 'text', longest: 100, optional: true },
  ],
  blank: () => ({}),
  title: () => '',
}
