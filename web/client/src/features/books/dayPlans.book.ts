import { type Book, nameOf } from './column'
import { usualPeriods } from './periods'

export const dayPlans: Book = {
  name: 'day-plans',
  scope: 'both',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'schoolId', kind: 'reference', book: 'schools', optional: true, onlyNew: true },
    { field: 'weekdays', kind: 'weekdays', optional: true },
    { field: 'periods', kind: 'periods' },
    { field: 'firstDay', kind: 'date', optional: true },
    { field: 'lastDay', kind: 'date', optional: true },
  ],
  blank: (schoolId) => ({
    schoolId: schoolId || null,
    name: '',
    weekdays: [1, 2, 3, 4, 5],
    periods: usualPeriods,
    firstDay: null,
    lastDay: null,
  }),
  title: nameOf,
}
