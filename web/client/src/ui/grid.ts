/** The index that an arrow key leads to in a grid of `columns`, or the same index at an edge. */
export function step(key: string, index: number, count: number, columns: number): number {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, index + 1)
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'ArrowDown':
      return index + columns < count ? index + columns : index
    case 'ArrowUp':
      return index - columns >= 0 ? index - columns : index
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return index
  }
}

/**
 * Columns with which `count` tiles fill a wall as large as they can: the number that leaves the widest tile whose rows
 * still fit the height. Where even the narrowest tile would not fit, the wall scrolls at the narrowest.
 */
export function fitColumns(
  count: number,
  width: number,
  height: number,
  rowHeight: (tileWidth: number) => number,
  gap: number,
  narrowest: number,
  widest = Number.POSITIVE_INFINITY,
): number {
  const least = Math.max(1, Math.ceil((width + gap) / (widest + gap)))
  const most = Math.max(1, Math.floor((width + gap) / (narrowest + gap)))
  for (let columns = least; columns <= most; columns++) {
    const tile = (width - gap * (columns - 1)) / columns
    const rows = Math.ceil(count / columns)
    if (rows * rowHeight(tile) + gap * (rows - 1) <= height) return columns
  }
  return Math.max(least, most)
}
