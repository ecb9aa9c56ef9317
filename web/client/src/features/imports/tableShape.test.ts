import { describe, expect, it } from 'vitest'
import { factAt, headerPlaces, withFact } from './tableShape'

describe('the shape of a table', () => {
  it('says one fact a line, in the order of the lines', () => {
    const lines = withFact([{ offset: 1, fact: 'period' }], 0, 'weekday')
    expect(lines).toEqual([
      { offset: 0, fact: 'weekday' },
      { offset: 1, fact: 'period' },
    ])
    expect(withFact(lines, 1, 'nothing')).toEqual([{ offset: 0, fact: 'weekday' }])
    expect(factAt(lines, 1)).toBe('period')
    expect(factAt(lines, 2)).toBe('nothing')
  })

  it('offers the first rows and columns of the region, and all columns of a list by their headers', () => {
    const cells = [['星期', '节次', '课程']]
    expect(headerPlaces('B2:F9', cells, 'rows', []).map((place) => place.name)).toEqual(['2', '3', '4'])
    expect(headerPlaces('B2:F9', cells, 'columns', [{ offset: 3, fact: 'class' }]).map((place) => place.name)).toEqual([
      'B',
      'C',
      'D',
      'E',
    ])
    expect(headerPlaces('A1:C9', cells, 'list', []).map((place) => place.name)).toEqual(['A 星期', 'B 节次', 'C 课程'])
    expect(headerPlaces('nonsense', cells, 'list', [])).toEqual([])
  })
})
