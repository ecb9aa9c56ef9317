import { ElMessage } from 'element-plus'
import { h, shallowRef } from 'vue'
import { ApiError } from '@/api/http'
import { useSession } from '@/app/session'
import { useTexts } from '@/app/texts'
import { bookNamed } from './books'
import { booksApi, changedMeanwhile, faultsOf } from './booksApi'
import type { Book } from './column'
import type { FieldText } from './fieldText'
import type { Shelf } from './shelf'
import type { BookName, Fault, Fields, Row } from './types'

/** What became of an edit; with neither, it is to be tried again or given up. */
export interface Outcome {
  readonly row?: Row
  readonly faults?: readonly Fault[]
  /** Why it failed, in words. */
  readonly problem?: string
}

/** A row that somebody else has changed since it was seen, until the person has chosen. */
export interface Conflict {
  readonly book: Book
  readonly seen: Row
  readonly mine: Fields
  readonly current: Row
  readonly choose: (which: 'mine' | 'theirs') => void
}

/** Changes rows, tells what was done, and undoes it. */
export function useEdits(shelf: Shelf, texts: FieldText, reload: () => Promise<void>) {
  const { t, title } = texts
  const { errorText } = useTexts()
  const session = useSession()
  const conflict = shallowRef<Conflict | null>(null)
  /** What the button above the table would undo. */
  const last = shallowRef<{ step: string; what: string } | null>(null)

  function choose(book: Book, seen: Row, mine: Fields, current: Row): Promise<'mine' | 'theirs'> {
    return new Promise((resolve) => {
      conflict.value = {
        book,
        seen,
        mine,
        current,
        choose: (which) => {
          conflict.value = null
          resolve(which)
        },
      }
    })
  }

  /** Says what became of a row. */
  function done(book: Book, row: Row, step: string, what: 'saved' | 'added' | 'removed'): void {
    const name = title(book.name, row)
    // The lists of schools that one chooses from.
    if (book.name === 'schools') void session.loadSchools(true).catch(() => {})
    tell(t(`books.${what}`, { row: name }), { step, what: name })
  }

  /** Says what was done, in words, with a button that undoes it. */
  function tell(text: string, deed: { step: string; what: string }): void {
    last.value = deed
    const message = ElMessage({
      type: 'success',
      duration: 8000,
      showClose: true,
      message: h('span', { class: 'undoable' }, [
        `${text} `,
        h(
          'button',
          {
            type: 'button',
            class: 'tool',
            onClick: () => {
              message.close()
              void undoLast(deed)
            },
          },
          t('books.undo'),
        ),
      ]),
    })
  }

  function failed(error: unknown): Outcome {
    const faults = faultsOf(error)
    return faults && faults.length > 0 ? { faults } : { problem: errorText(error) }
  }

  /** @param changes the fields that are to be otherwise than they were seen */
  async function save(book: Book, seen: Row, changes: Fields): Promise<Outcome> {
    let base = seen
    for (;;) {
      try {
        const { row, step } = await booksApi.change(book.name, { ...base, ...changes })
        shelf.put(book.name, row)
        done(book, row, step, 'saved')
        return { row }
      } catch (error) {
        const current = changedMeanwhile(error)
        if (current) {
          shelf.put(book.name, current)
          if ((await choose(book, seen, { ...seen, ...changes }, current)) === 'theirs') return { row: current }
          base = current
          continue
        }
        if (error instanceof ApiError && error.status === 404) {
          shelf.drop(book.name, seen.id)
          return { problem: t('books.conflict.gone') }
        }
        return failed(error)
      }
    }
  }

  async function add(book: Book, fields: Fields): Promise<Outcome> {
    try {
      // Where no number was given the server makes one.
      const { row, step } = await booksApi.add(book.name, { ...fields, id: fields.id ?? null })
      shelf.put(book.name, row)
      done(book, row, step, 'added')
      return { row }
    } catch (error) {
      return failed(error)
    }
  }

  async function remove(book: Book, row: Row): Promise<Outcome> {
    try {
      const { step } = await booksApi.remove(book.name, row)
      shelf.drop(book.name, row.id)
      done(book, row, step, 'removed')
      return { row }
    } catch (error) {
      const current = changedMeanwhile(error)
      if (current) shelf.put(book.name, current)
      return failed(error)
    }
  }

  /** A row that the server names as "rooms: s01-301", by its name where that is known. */
  function named(place: string): string {
    const [book, id] = place.split(': ', 2)
    const row = bookNamed(book) && shelf.find(book as BookName, id)
    return `${texts.bookName(book)} ${row ? title(book, row) : id}`
  }

  /** Undoes a step of the history. */
  async function undo(step: string): Promise<boolean> {
    try {
      const { changed } = await booksApi.undo(step)
      last.value = null
      ElMessage({ type: 'success', message: t('books.undoneRows', { n: changed }, changed) })
      await reload()
      return true
    } catch (error) {
      const since = error instanceof ApiError && error.code === 'changed-since' ? error.more.rows : null
      ElMessage({
        type: since ? 'warning' : 'error',
        message: Array.isArray(since)
          ? t('books.notUndone', { rows: (since as string[]).map(named).join(t('books.and')) })
          : errorText(error),
      })
      return false
    }
  }

  async function undoLast(deed = last.value): Promise<void> {
    if (deed) await undo(deed.step)
  }

  return { conflict, last, save, add, remove, tell, undo, undoLast }
}

export type Edits = ReturnType<typeof useEdits>
