import { type Book, nameOf } from './column'

export const calendar: Book = {
  name: 'calendar',
  scope: 'both',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'kind', kind: 'choice', choices: ['off', 'teaching', 'exam'] },
    { field: 'firstDay', kind: 'date' },
    { field: 'lastDay', kind: 'date' },
    { field: 'followsDate', kind: 'date', optional: true },
    { field: 'followsWeekday', kind: 'weekday', optional: true },
    { field: 'dayPlanId', kind: 'reference', book: 'day-plans', sameSchool: true, optional: true },
    { field: 'grade', kind: 'text', longest: 100, optional: true, suggestFrom: 'classes' },
    { field: 'schoolId', kind: 'reference', book: 'schools', optional: true, onlyNew: true },
  ],
  blank: (schoolId) => ({
    schoolId: schoolId || null,
    name: '',
    kind: 'off',
    firstDay: null,
    lastDay: null,
    followsDate: null,
    followsWeekday: null,
    dayPlanId: null,
    grade: null,
  }),
  title: nameOf,
}
