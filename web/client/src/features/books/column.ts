import type { BookName, Fields, Row } from './types'

interface Any {
  /** As the server calls it. */
  readonly field: string
  /** Whether it may be left empty. */
  readonly optional?: boolean
  /** Said once, when the row is new. */
  readonly onlyNew?: boolean
}

/** A column of a book: what its fields hold, and so how they are shown, checked and edited. */
export type Column = Any &
  (
    | { readonly kind: 'text'; readonly longest: number; readonly suggestFrom?: BookName }
    | { readonly kind: 'number'; readonly least: number; readonly most: number }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | { readonly kind: 'date' }
    | { readonly kind: 'weekday' }
    | { readonly kind: 'weekdays' }
    /** Numbers of weeks, as "5, 8-9". */
    | { readonly kind: 'weeks' }
    | { readonly kind: 'periods' }
    /** A row of another book; `sameSchool`: of the row's school, or of the whole district. */
    | { readonly kind: 'reference'; readonly book: BookName; readonly sameSchool?: boolean }
    | { readonly kind: 'references'; readonly book: BookName; readonly most: number }
  )

/** Whose rows a book holds: the district's alone, one school's each, or both. */
export type Scope = 'district' | 'school' | 'both'

/** A book as its table needs it: a new one is a file with one of these. */
export interface Book {
  readonly name: BookName
  readonly scope: Scope
  readonly columns: readonly Column[]
  /** What a new row says before anybody has written; the school may be ''. */
  readonly blank: (schoolId: string, rows: readonly Row[]) => Fields
  /** What one calls a row. */
  readonly title: (row: Fields) => string
}

/** The books that a book's rows refer to. */
export function referredBy(book: Book): BookName[] {
  const books = book.columns.flatMap((column) =>
    column.kind === 'reference' || column.kind === 'references'
      ? [column.book]
      : column.kind === 'text' && column.suggestFrom
        ? [column.suggestFrom]
        : [],
  )
  return [...new Set(books)].filter((name) => name !== book.name)
}

export const nameOf = (row: Fields): string => (typeof row.name === 'string' ? row.name : '')

/** The number after the last, for a list's order. */
export const nextOrder = (rows: readonly Row[]): number =>
  1 + rows.reduce((most, row) => Math.max(most, typeof row.order === 'number' ? row.order : 0), 0)
