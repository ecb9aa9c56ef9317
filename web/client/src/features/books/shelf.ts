import { shallowReactive } from 'vue'
import { booksApi } from './booksApi'
import type { BookName, Row } from './types'

const byId = new WeakMap<readonly Row[], Map<string, Row>>()

/** The books that a page has fetched: its own, and those that its rows refer to. */
export function useShelf() {
  const shelf = shallowReactive(new Map<BookName, readonly Row[]>())

  /** @param schoolId only this school's rows; by default all */
  async function load(book: BookName, schoolId?: string): Promise<void> {
    shelf.set(book, await booksApi.rows(book, schoolId))
  }

  const rows = (book: BookName): readonly Row[] => shelf.get(book) ?? []

  function find(book: BookName, id: string): Row | undefined {
    const all = rows(book)
    let index = byId.get(all)
    if (!index) byId.set(all, (index = new Map(all.map((row) => [row.id, row]))))
    return index.get(id)
  }

  /** Puts a row in the place of the one that it was, or before all others. */
  function put(book: BookName, row: Row): void {
    const all = rows(book)
    shelf.set(book, find(book, row.id) ? all.map((one) => (one.id === row.id ? row : one)) : [row, ...all])
  }

  function drop(book: BookName, id: string): void {
    shelf.set(
      book,
      rows(book).filter((row) => row.id !== id),
    )
  }

  return { load, rows, find, put, drop }
}

export type Shelf = ReturnType<typeof useShelf>
