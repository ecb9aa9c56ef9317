import { inject, type InjectionKey, type Ref } from 'vue'
import type { FieldText } from './fieldText'
import type { Shelf } from './shelf'
import type { Fields } from './types'
import type { Edits } from './useEdits'

/** What all parts of the books' page share. */
export interface BooksPage {
  readonly shelf: Shelf
  readonly texts: FieldText
  readonly edits: Edits
  /** The school whose rows are shown; '' for all, 'district' for those of none. */
  readonly school: Ref<string>
  /** Whether the person may change a row. */
  readonly mayEdit: (row: Fields) => boolean
}

export const booksPage: InjectionKey<BooksPage> = Symbol('books')

export function useBooksPage(): BooksPage {
  const page = inject(booksPage)
  if (!page) throw new Error('only within BooksPage.vue')
  return page
}
