import type { Column } from './column'
import { asText, type Fields, type Period, type Value } from './types'
import { faultOfPeriods } from './periods'

/** Why a value cannot stand: a name under `books.faults`, and what its words need. */
export interface Wrong {
  readonly why: 'empty' | 'tooLong' | 'range' | 'order' | 'tooMany' | 'periods' | 'weeks'
  readonly values?: Readonly<Record<string, number>>
}

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What is wrong with a field, as far as it can be told here; the server has the last word. */
export function wrongWith(column: Column, row: Fields): Wrong | null {
  const value = row[column.field]
  if (isEmpty(value)) return column.optional ? null : { why: 'empty' }
  switch (column.kind) {
    case 'text':
      return asText(value).trim() === ''
        ? column.optional
          ? null
          : { why: 'empty' }
        : asText(value).trim().length > column.longest
          ? { why: 'tooLong', values: { n: column.longest } }
          : null
    case 'number': {
      const number = Number(value)
      return Number.isInteger(number) && number >= column.least && number <= column.most
        ? null
        : { why: 'range', values: { from: column.least, to: column.most } }
    }
    case 'date':
      return column.field === 'lastDay' && typeof row.firstDay === 'string' && asText(value) < row.firstDay
        ? { why: 'order' }
        : null
    case 'references':
      return (value as readonly string[]).length > column.most ? { why: 'tooMany', values: { n: column.most } } : null
    case 'weeks':
      return (value as readonly number[]).some((week) => week < 1) ? { why: 'weeks' } : null
    case 'periods':
      return faultOfPeriods(value as readonly Period[]) ? { why: 'periods' } : null
    default:
      return null
  }
}

/** A field as it is sent: without spaces around it, and nothing where nothing was written. */
export function tidied(column: Column, value: Value | undefined): Value {
  if (column.kind !== 'text') return value === undefined || value === '' ? null : value
  const text = asText(value).trim()
  return text === '' && column.optional ? null : text
}

/** Whether two values say the same. */
export const same = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** The fields in which two rows differ. */
export function changedFields(before: Fields, after: Fields): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  fields.delete('version')
  return [...fields].filter((field) => !same(before[field], after[field]))
}
