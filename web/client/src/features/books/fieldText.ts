import { useI18n } from 'vue-i18n'
import { useTexts } from '@/app/texts'
import { bookNamed } from './books'
import { type Column, nameOf } from './column'
import type { Shelf } from './shelf'
import { asText, type BookName, type Fields, type Period, type Value } from './types'
import { turnsOf, writeWeeks } from './weeks'

const isPeriods = (value: Value): value is readonly Period[] => Array.isArray(value) && typeof value[0] === 'object'

/** How the fields of rows read, with the names of what they refer to. */
export function useFieldText(shelf: Shelf) {
  const { t, te, locale } = useI18n()
  const { schoolName } = useTexts()

  const fieldName = (book: string, field: string): string => {
    const own = `books.fields.${book}.${field}`
    return te(own) ? t(own) : te(`books.fields.any.${field}`) ? t(`books.fields.any.${field}`) : field
  }
  const bookName = (book: string): string => (te(`books.names.${book}`) ? t(`books.names.${book}`) : book)

  /** A row by its name, in the language that is spoken. */
  function rowName(book: BookName, id: string): string {
    const row = shelf.find(book, id)
    if (!row) return id
    return book === 'schools' || book === 'subjects'
      ? schoolName({ name: nameOf(row), nameEn: asText(row.nameEn) })
      : nameOf(row)
  }

  /** A run of weekdays as people say it: "周一至周五". */
  function weekdaysText(days: readonly number[]): string {
    const sorted = days.toSorted((one, other) => one - other)
    const [first, last] = [sorted[0], sorted.at(-1)]
    if (first === undefined || last === undefined) return ''
    if (sorted.length > 2 && last - first === sorted.length - 1)
      return t('books.to', { from: t(`books.weekday.${first}`), to: t(`books.weekday.${last}`) })
    return sorted.map((day) => t(`books.weekday.${day}`)).join(t('books.and'))
  }

  function periodsText(periods: readonly Period[]): string {
    const [first, last] = [periods[0], periods.at(-1)]
    if (!first || !last) return ''
    return t('books.periodsText', { n: periods.length, from: first.from, to: last.to }, periods.length)
  }

  /** Which weeks a lesson is in: nothing for every week. */
  function turnsText(rotation: number, turns: number): string {
    if (rotation <= 1) return ''
    if (rotation === 2 && turns === 1) return t('books.odd')
    if (rotation === 2 && turns === 2) return t('books.even')
    const on = turnsOf(turns, rotation)
    return on.length === rotation ? '' : t('books.turns', { turns: on.join(t('books.and')), rotation })
  }

  function text(column: Column, value: Value | undefined): string {
    if (value === null || value === undefined || value === '') return ''
    switch (column.kind) {
      case 'choice':
        return t(`books.choices.${asText(value)}`)
      case 'weekday':
        return t(`books.weekday.${Number(value)}`)
      case 'reference':
        return rowName(column.book, asText(value))
      case 'references':
        return (value as readonly string[]).map((id) => rowName(column.book, id)).join(t('books.and'))
      case 'weekdays':
        return weekdaysText(value as readonly number[])
      case 'weeks':
        return writeWeeks(value as readonly number[])
      case 'periods':
        return isPeriods(value) ? periodsText(value) : ''
      default:
        return asText(value)
    }
  }

  /** What an empty field means, where it means something. */
  function emptyText(book: BookName, field: string): string {
    const key = `books.empty.${book}.${field}`
    return te(key) ? t(key) : '—'
  }

  /** A row of any book in the history, by its name. */
  function title(book: string, row: Fields | null): string {
    if (!row) return ''
    if (book === 'timetable-changes') {
      const entry = shelf.find('timetable', asText(row.entryId)) ?? null
      return [title('timetable', entry), t(`books.choices.${asText(row.kind)}`), asText(row.firstDay)].join(' ').trim()
    }
    if (book === 'recording-rules') return rowName('schools', asText(row.schoolId))
    if (book !== 'timetable') return bookNamed(book)?.title(row) ?? ''
    const place = { weekday: t(`books.weekday.${Number(row.weekday)}`), period: Number(row.period) }
    return t('books.entryTitle', { class: rowName('classes', asText(row.classId)), ...place })
  }

  return { t, locale, fieldName, bookName, rowName, text, emptyText, title, turnsText, weekdaysText }
}

export type FieldText = ReturnType<typeof useFieldText>
