import { computed, ref, watch } from 'vue'
import { matchesName, spells } from '@/ui/nameSearch'
import type { Book, Column } from './column'
import { sorted } from './order'
import { useBooksPage } from './page'
import type { Row } from './types'

export const rowsOnPage = 50

/** Which rows of a book a table shows, in which order, and on which page. */
export function useRowOrder(book: Book, search: () => string) {
  const { shelf, texts, school } = useBooksPage()
  const page = ref(0)
  const sortedBy = ref<{ field: string; descending: boolean } | null>(null)

  const rows = computed(() => shelf.rows(book.name))
  /** Of one school its name stands above the table already. */
  const columns = computed(() =>
    book.columns.filter(({ field }) => field !== 'schoolId' || book.scope === 'both' || school.value === ''),
  )

  const text = (column: Column, row: Row) => texts.text(column, row[column.field])
  function isOfSchool(row: Row): boolean {
    if (book.scope === 'district' || school.value === '') return true
    if (school.value === 'district') return row.schoolId === null
    // What counts for the whole district counts for the school.
    return row.schoolId === school.value || (book.scope === 'both' && row.schoolId === null)
  }
  const found = computed(() =>
    rows.value.filter(
      (row) => isOfSchool(row) && matchesName(search(), ...book.columns.map((column) => text(column, row)), row.id),
    ),
  )
  // An edited row keeps its place until the person asks for another order: it must not run away from under the hand.
  const order = ref<readonly string[]>([])
  function arrange(): void {
    const column = columns.value.find(({ field }) => field === sortedBy.value?.field)
    const inOrder = column
      ? sorted(found.value, column, sortedBy.value?.descending ?? false, (row) => text(column, row))
      : found.value
    order.value = inOrder.map((row) => row.id)
  }
  watch([search, school, sortedBy], () => (page.value = 0))
  watch(
    [search, school, sortedBy, spells, () => rows.value.map((row) => row.id).join()],
    () => {
      arrange()
      page.value = Math.min(page.value, Math.max(0, Math.ceil(order.value.length / rowsOnPage) - 1))
    },
    { immediate: true },
  )
  const shown = computed(() =>
    order.value
      .slice(page.value * rowsOnPage, (page.value + 1) * rowsOnPage)
      .flatMap((id) => shelf.find(book.name, id) ?? []),
  )
  const pages = computed(() => Math.ceil(order.value.length / rowsOnPage))

  function sortBy(column: Column): void {
    const now = sortedBy.value
    sortedBy.value =
      now?.field !== column.field
        ? { field: column.field, descending: false }
        : now.descending
          ? null
          : { ...now, descending: true }
  }
  /** The same for cards, which have no head to press. */
  const sortKey = computed(() =>
    sortedBy.value ? `${sortedBy.value.field}${sortedBy.value.descending ? '↓' : '↑'}` : '',
  )
  function sortByKey(key: string): void {
    sortedBy.value = key === '' ? null : { field: key.slice(0, -1), descending: key.endsWith('↓') }
  }
  const sortState = (column: Column) =>
    sortedBy.value?.field !== column.field ? 'none' : sortedBy.value.descending ? 'descending' : 'ascending'

  /** The page of a row, wherever it stands: of one that was just added, too. */
  function pageOf(rowId: string): number {
    arrange()
    return Math.max(0, Math.floor(order.value.indexOf(rowId) / rowsOnPage))
  }

  return { columns, rows, order, page, pages, shown, sortBy, sortKey, sortByKey, sortState, pageOf }
}
