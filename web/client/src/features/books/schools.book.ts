import { type Book, nameOf, nextOrder } from './column'

export const schools: Book = {
  name: 'schools',
  scope: 'district',
  columns: [
    { field: 'name', kind: 'text', longest: 100 },
    { field: 'id', kind: 'text', longest: 20, onlyNew: true },
    { field: 'nameEn', kind: 'text', longest: 100, optional: true },
    { field: 'order', kind: 'number', least: 1, most: 10_000 },
  ],
  blank: (_, rows) => ({ id: '', name: '', nameEn: '', order: nextOrder(rows) }),
  title: nameOf,
}
