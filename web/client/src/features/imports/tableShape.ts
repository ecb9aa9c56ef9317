import type { HeaderLine, SheetFact, TableView } from './importsApi'
import { addressOf, cellOf } from './cells'

/** What a header row or column of a grid may say. */
export const gridFacts = [
  'weekday',
  'period',
  'weekdayAndPeriod',
  'partOfDay',
  'times',
  'class',
  'grade',
  'teacher',
  'subject',
  'room',
  'cell',
] as const satisfies readonly SheetFact[]

/** What a column of a list may say. */
export const listFacts = [
  'school',
  'class',
  'grade',
  'weekday',
  'period',
  'weekdayAndPeriod',
  'partOfDay',
  'subject',
  'teacher',
  'room',
  'firstWeek',
  'lastWeek',
  'rotation',
  'start',
  'end',
] as const satisfies readonly SheetFact[]

/** What the parts of a cell may say. */
export const cellFacts = ['subject', 'teacher', 'room', 'class'] as const satisfies readonly SheetFact[]

export type GridFact = (typeof gridFacts)[number]
export type ListFact = (typeof listFacts)[number]

/** How a person says that a table is read, before it is sent. */
export interface Shape {
  region: string
  ownerName: string
  leaveOut: boolean
  isList: boolean
  owner: SheetFact
  cellOrder: SheetFact[]
  top: HeaderLine[]
  left: HeaderLine[]
}

export const shapeOf = (table: TableView): Shape => ({
  region: table.region,
  ownerName: table.ownerName ?? '',
  leaveOut: table.leftOut,
  isList: table.isList,
  owner: table.owner,
  cellOrder: [...table.cellOrder],
  top: [...table.top],
  left: [...table.left],
})

/** The lines with what one of them says; "nothing" takes it away. */
export function withFact(lines: readonly HeaderLine[], offset: number, fact: SheetFact): HeaderLine[] {
  const others = lines.filter((line) => line.offset !== offset)
  return fact === 'nothing' ? others : [...others, { offset, fact }].sort((one, other) => one.offset - other.offset)
}

/** What a line says. */
export const factAt = (lines: readonly HeaderLine[], offset: number): SheetFact =>
  lines.find((line) => line.offset === offset)?.fact ?? 'nothing'

/** The rows or columns of a region that may be headers, with their names and first texts. */
export function headerPlaces(
  region: string,
  cells: readonly (readonly string[])[],
  which: 'rows' | 'columns' | 'list',
  lines: readonly HeaderLine[],
): { offset: number; name: string }[] {
  const [from, to] = region.split(':').map(cellOf)
  if (!from || !to) return []
  const named = Math.max(2, ...lines.map((line) => line.offset)) + 1
  const rows = to.row - from.row + 1
  const columns = to.column - from.column + 1
  const count =
    which === 'rows' ? Math.min(named, rows) : which === 'list' ? Math.min(columns, 30) : Math.min(named, columns)
  return Array.from({ length: Math.max(0, count) }, (_, offset) => {
    if (which === 'rows') return { offset, name: String(from.row + offset + 1) }
    const letters = addressOf(0, from.column + offset).replace(/\d+$/, '')
    const text = which === 'list' ? (cells[from.row]?.[from.column + offset] ?? '') : ''
    return { offset, name: text ? `${letters} ${text}` : letters }
  })
}
