import { type Book, nameOf } from './column'

export const rooms: Book = {
  name: 'rooms',
  scope: 'school',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'schoolId', kind: 'reference', book: 'schools', onlyNew: true },
    { field: 'id', kind: 'text', longest: 40, onlyNew: true },
    { field: 'grade', kind: 'text', longest: 100, suggestFrom: 'rooms' },
    { field: 'use', kind: 'choice', choices: ['classroom', 'recordingRoom'] },
    { field: 'enrolled', kind: 'number', least: 0, most: 100 },
  ],
  // The number of a room begins with its school's.
  blank: (schoolId) => ({
    schoolId,
    id: schoolId && `${schoolId}-`,
    name: '',
    grade: '',
    enrolled: 0,
    use: 'classroom',
  }),
  title: nameOf,
}
