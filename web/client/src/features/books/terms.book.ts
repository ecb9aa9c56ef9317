import { type Book, nameOf } from './column'

export const terms: Book = {
  name: 'terms',
  scope: 'district',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'firstDay', kind: 'date' },
    { field: 'lastDay', kind: 'date' },
    { field: 'uncountedWeeks', kind: 'weeks', optional: true },
  ],
  blank: () => ({ name: '', firstDay: null, lastDay: null, uncountedWeeks: [] }),
  title: nameOf,
}
