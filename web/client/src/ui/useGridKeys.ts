import { nextTick, ref, type Ref } from 'vue'
import { step } from './grid'

/**
 * One tab stop for a whole grid: arrows move between its cells by where they stand on the screen. Cells are the
 * elements with `data-cell`, whose value names them through re-sorting.
 */
export function useGridKeys(grid: Ref<HTMLElement | null>) {
  const current = ref<string | null>(null)

  const cells = () => [...(grid.value?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])]

  function columnsAt(all: HTMLElement[], index: number): number {
    const top = all[index].offsetTop
    return Math.max(
      1,
      all.filter((cell) => cell.offsetTop === top && cell.offsetParent === all[index].offsetParent).length,
    )
  }

  /** 0 for the cell that Tab reaches, -1 for all others. */
  function tabIndex(name: string, first: boolean): 0 | -1 {
    return current.value === name || (current.value === null && first) ? 0 : -1
  }

  function onKeydown(event: KeyboardEvent): void {
    const all = cells()
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    const index = cell ? all.indexOf(cell) : -1
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const next = vertical(event.key, all, index) ?? step(event.key, index, all.length, columnsAt(all, index))
    if (next === index && !event.key.startsWith('Arrow')) return
    event.preventDefault()
    void focus(all[next])
  }

  /** Up and down across rows of different widths (tiles above, compact rooms below): the nearest cell of the next row. */
  function vertical(key: string, all: HTMLElement[], index: number): number | null {
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
    const from = all[index].getBoundingClientRect()
    const down = key === 'ArrowDown'
    const boxes = all.map((cell, at) => ({ at, box: cell.getBoundingClientRect() }))
    const beyond = boxes.filter(({ box }) => (down ? box.top > from.top + 4 : box.top < from.top - 4))
    if (beyond.length === 0) return index
    const row = down ? Math.min(...beyond.map(({ box }) => box.top)) : Math.max(...beyond.map(({ box }) => box.top))
    const middle = from.left + from.width / 2
    return beyond
      .filter(({ box }) => Math.abs(box.top - row) <= 4)
      .reduce((best, one) => {
        const off = (box: DOMRect) => Math.abs(box.left + box.width / 2 - middle)
        return off(one.box) < off(best.box) ? one : best
      }).at
  }

  async function focus(cell: HTMLElement): Promise<void> {
    current.value = cell.dataset.cell ?? null
    await nextTick()
    cell.focus()
    cell.scrollIntoView({ block: 'nearest' })
  }

  function onFocusin(event: FocusEvent): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    if (cell?.dataset.cell) current.value = cell.dataset.cell
  }

  /** Brings the keyboard into the grid, from the page's own shortcut keys. */
  function enter(): void {
    const all = cells()
    const cell = all.find((one) => one.dataset.cell === current.value) ?? all[0]
    if (cell) void focus(cell)
  }

  return { current, tabIndex, onKeydown, onFocusin, enter }
}
