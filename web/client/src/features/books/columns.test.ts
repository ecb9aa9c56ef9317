import { describe, expect, it } from 'vitest'
import { changedFields, tidied, wrongWith } from './checks'
import type { Column } from './column'
import { comparable, sorted } from './order'
import { faultOfPeriods, later, nextPeriod, usualPeriods } from './periods'
import { asText, type Fields, type Row } from './types'
import { readWeeks, turnsOf, weeksMeet, writeWeeks } from './weeks'

const name: Column = { field: 'name', kind: 'text', longest: 5 }
const enrolled: Column = { field: 'enrolled', kind: 'number', least: 0, most: 100 }

describe('a field', () => {
  it.each<[Column, Fields, string | undefined]>([
    [name, { name: '一班' }, undefined],
    [name, { name: '  ' }, 'empty'],
    [name, { name: '一二三四五六' }, 'tooLong'],
    [{ ...name, optional: true }, { name: ' ' }, undefined],
    [enrolled, { enrolled: 45 }, undefined],
    [enrolled, { enrolled: 0 }, undefined],
    [enrolled, { enrolled: 101 }, 'range'],
    [enrolled, { enrolled: 4.5 }, 'range'],
    [enrolled, { enrolled: null }, 'empty'],
    [{ field: 'lastDay', kind: 'date' }, { firstDay: '2026-09-01', lastDay: '2026-08-31' }, 'order'],
    [{ field: 'lastDay', kind: 'date' }, { firstDay: '2026-09-01', lastDay: '2026-09-01' }, undefined],
    [{ field: 'subjectIds', kind: 'references', book: 'subjects', most: 1 }, { subjectIds: ['a', 'b'] }, 'tooMany'],
    [{ field: 'periods', kind: 'periods' }, { periods: [] }, 'empty'],
  ])('%o of %o is told as %s', (column, row, why) => expect(wrongWith(column, row)?.why).toBe(why))

  it('is sent without spaces around it, and as nothing where nothing was written', () => {
    expect(tidied(name, ' 一班 ')).toBe('一班')
    expect(tidied({ ...name, optional: true }, ' ')).toBeNull()
    expect(tidied(enrolled, '')).toBeNull()
  })

  it('has changed where it says something else, lists included', () => {
    expect(
      changedFields(
        { id: 'a', version: '1', name: 'x', days: [1, 2] },
        { id: 'a', version: '2', name: 'y', days: [1, 2] },
      ),
    ).toEqual(['name'])
    expect(changedFields({ room: null }, {})).toEqual([])
    expect(changedFields({ days: [1, 2] }, { days: [1] })).toEqual(['days'])
  })
})

describe('weeks', () => {
  it.each<[string, number[] | null]>([
    ['5, 8-9', [5, 8, 9]],
    ['５、８～９', [5, 8, 9]],
    ['8 5 5', [5, 8]],
    ['', []],
    ['9-8', null],
    ['61', null],
    ['五', null],
  ])('"%s" are read as %o', (text, weeks) => expect(readWeeks(text)).toEqual(weeks))

  it('are written as runs', () => expect(writeWeeks([9, 5, 8, 10])).toBe('5, 8-10'))

  it('of a rotation are the bits', () => {
    expect(turnsOf(0b101, 3)).toEqual([1, 3])
    expect(turnsOf(0b10, 2)).toEqual([2])
  })

  it('meet unless they are other turns of one rotation, or over before', () => {
    const every = { firstWeek: 1, lastWeek: null, rotation: 1, turns: 1 }
    const odd = { ...every, rotation: 2, turns: 1 }
    const even = { ...every, rotation: 2, turns: 2 }
    expect(weeksMeet(odd, even)).toBe(false)
    expect(weeksMeet(every, even)).toBe(true)
    expect(weeksMeet(odd, { ...every, rotation: 3, turns: 0b100 })).toBe(true)
    expect(weeksMeet({ ...every, lastWeek: 8 }, { ...every, firstWeek: 9 })).toBe(false)
    expect(weeksMeet({ ...every, lastWeek: 9 }, { ...every, firstWeek: 9 })).toBe(true)
  })
})

describe('the order of a table', () => {
  const rows = ['三年级10班', '二年级1班', '', '十一年级', '三年级2班', '十年级'].map((text, at): Row => ({
    id: String(at),
    version: '1',
    name: text,
  }))
  const names = (descending: boolean) =>
    sorted(rows, name, descending, (row) => asText(row.name)).map((row) => row.name)

  it('counts Chinese numerals, and has empty fields last', () => {
    expect(names(false)).toEqual(['二年级1班', '三年级2班', '三年级10班', '十年级', '十一年级', ''])
    expect(names(true)).toEqual(['十一年级', '十年级', '三年级10班', '三年级2班', '二年级1班', ''])
  })

  it('reads tens', () => expect(['十', '十二', '二十', '三十五'].map(comparable)).toEqual(['10', '12', '20', '35']))
})

describe('the periods of a day', () => {
  it('go on as the last one did', () => {
    const next = nextPeriod(usualPeriods, (n) => `第${n}节`)
    expect(next).toEqual({ number: 7, name: '第7节', kind: 'lesson', from: '15:40', to: '16:20' })
    expect(later('23:50', 40)).toBe('23:59')
  })

  it('are right as they are proposed', () => expect(faultOfPeriods(usualPeriods)).toBeNull())

  it.each([
    ['overlap', { number: 2, name: '二', kind: 'lesson', from: '08:30', to: '09:20' }],
    ['twice', { number: 1, name: '二', kind: 'lesson', from: '10:00', to: '10:40' }],
    ['ends', { number: 2, name: '二', kind: 'lesson', from: '10:00', to: '10:00' }],
    ['name', { number: 2, name: ' ', kind: 'lesson', from: '10:00', to: '10:40' }],
    ['number', { number: 21, name: '二', kind: 'lesson', from: '10:00', to: '10:40' }],
  ] as const)('are told where they %s', (fault, second) =>
    expect(faultOfPeriods([usualPeriods[0], second])).toEqual({ at: 1, fault }),
  )
})
