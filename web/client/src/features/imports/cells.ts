/** A cell's address as spreadsheets write it; row and column count from 0. */
export function addressOf(row: number, column: number): string {
  let letters = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

/** Reads an address; null when it is none. */
export function cellOf(address: string): { row: number; column: number } | null {
  const match = /^\s*([A-Z]{1,3})(\d{1,7})\s*$/i.exec(address)
  if (!match) return null
  const column = [...match[1].toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(match[2]) - 1, column }
}

/** Whether a cell is in a region such as "A2:F9", whichever corner is named first. */
export function within(region: string, row: number, column: number): boolean {
  const [from, to] = region.split(':').map(cellOf)
  if (!from || !to) return false
  return (
    row >= Math.min(from.row, to.row) &&
    row <= Math.max(from.row, to.row) &&
    column >= Math.min(from.column, to.column) &&
    column <= Math.max(from.column, to.column)
  )
}

/** The same region with the corner at the top left first. */
export function ordered(region: string): string {
  const [from, to] = region.split(':').map(cellOf)
  if (!from || !to) return region
  return `${addressOf(Math.min(from.row, to.row), Math.min(from.column, to.column))}:${addressOf(
    Math.max(from.row, to.row),
    Math.max(from.column, to.column),
  )}`
}
