import { type Book, nameOf } from './column'

export const teachers: Book = {
  name: 'teachers',
  scope: 'school',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'schoolId', kind: 'reference', book: 'schools', onlyNew: true },
    { field: 'number', kind: 'text', longest: 40, optional: true },
    { field: 'subjectIds', kind: 'references', book: 'subjects', most: 10, optional: true },
    { field: 'userName', kind: 'text', longest: 100, optional: true },
  ],
  blank: (schoolId) => ({ schoolId, name: '', number: null, subjectIds: [], userName: null }),
  title: nameOf,
}
