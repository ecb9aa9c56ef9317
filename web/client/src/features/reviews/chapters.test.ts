import { describe, expect, it } from 'vitest'
import { join, move, split } from './chapters'

describe('the chapters of a lesson', () => {
  const chapters = [
    { from: 0, name: '导入' },
    { from: 300, name: '探究' },
    { from: 900, name: '结尾' },
  ]

  it('are cut where a moment lies, once', () => {
    expect(split(chapters, 500)).toEqual([...chapters.slice(0, 2), { from: 500, name: '探究' }, chapters[2]])
    expect(split(chapters, 300)).toEqual(chapters)
    expect(split(chapters, 0)).toEqual(chapters)
  })

  it('are joined with the one before, and the first with none', () => {
    expect(join(chapters, 1)).toEqual([chapters[0], chapters[2]])
    expect(join(chapters, 0)).toEqual(chapters)
  })

  it('are moved between their neighbours only, and the first begins with the lesson', () => {
    expect(move(chapters, 1, 420)[1]).toEqual({ from: 420, name: '探究' })
    for (const [index, from] of [
      [1, 900],
      [1, 0],
      [0, 10],
    ] as const)
      expect(move(chapters, index, from)).toEqual(chapters)
  })
})
