import { type Book, nameOf, nextOrder } from './column'

export const subjects: Book = {
  name: 'subjects',
  scope: 'district',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'nameEn', kind: 'text', longest: 100, optional: true },
    { field: 'order', kind: 'number', least: 1, most: 10_000 },
  ],
  blank: (_, rows) => ({ name: '', nameEn: '', order: nextOrder(rows) }),
  title: nameOf,
}
