import { type Book, nameOf } from './column'

export const classes: Book = {
  name: 'classes',
  scope: 'school',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'schoolId', kind: 'reference', book: 'schools', onlyNew: true },
    { field: 'grade', kind: 'text', longest: 100, suggestFrom: 'classes' },
    { field: 'enrolled', kind: 'number', least: 0, most: 100 },
    { field: 'roomId', kind: 'reference', book: 'rooms', sameSchool: true, optional: true },
  ],
  blank: (schoolId) => ({ schoolId, name: '', grade: '', enrolled: 0, roomId: null }),
  title: nameOf,
}
