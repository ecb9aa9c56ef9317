import type { Column } from './column'
import type { Row } from './types'

const collator = new Intl.Collator('zh-CN', { numeric: true })
const numerals = '一二三四五六七八九'

/** Chinese numerals as digits, so that 二年级 comes before 三年级 and 十 after 九. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_, tens: string, ones: string) =>
      String((tens ? numerals.indexOf(tens) + 1 : 1) * 10 + (ones ? numerals.indexOf(ones) + 1 : 0)),
    )
    .replace(/[一二三四五六七八九]/g, (numeral) => String(numerals.indexOf(numeral) + 1))
}

/** Rows in the order of a column; empty fields come last, whichever way. */
export function sorted(
  rows: readonly Row[],
  column: Column,
  descending: boolean,
  text: (row: Row) => string,
): readonly Row[] {
  const keyed = rows.map((row) => {
    const value = row[column.field]
    const number = column.kind === 'number' || column.kind === 'weekday' ? value : null
    return { row, number: typeof number === 'number' ? number : null, key: comparable(text(row)) }
  })
  const turn = descending ? -1 : 1
  keyed.sort((one, other) => {
    if (one.key === '' || other.key === '') return Number(one.key === '') - Number(other.key === '')
    const byNumber = one.number !== null && other.number !== null ? one.number - other.number : null
    return turn * (byNumber ?? collator.compare(one.key, other.key))
  })
  return keyed.map(({ row }) => row)
}
