import { describe, expect, it } from 'vitest'
import { copyOf, move, newForm, newItem, setKind, totalText, weightsOf, wordsOf } from './formDraft'

describe('a form in the editor', () => {
  it('moves what it has by a place, and not beyond the ends', () => {
    const list = ['a', 'b', 'c']
    move(list, 0, 1)
    expect(list).toEqual(['b', 'a', 'c'])
    move(list, 2, 1)
    move(list, 0, -1)
    expect(list).toEqual(['b', 'a', 'c'])
  })

  it('adds its weights up, and takes an empty field for nothing', () => {
    const { content } = newForm()
    expect(weightsOf(content)).toBe(100)
    content.groups[0].weight = '' as unknown as number
    expect(weightsOf(content)).toBe(0)
  })

  it('gives an item of another kind the levels and points that it needs, and keeps its words', () => {
    const item = { ...newItem(), text: '准时' }
    setKind(item, 'yesNo')
    expect(item).toMatchObject({ text: '准时', levels: [], max: 1, usual: null })
    setKind(item, 'grade')
    expect(item.levels).toHaveLength(5)
    expect(item.max).toBe(5)
    setKind(item, 'text')
    expect(item).toMatchObject({ levels: [], max: 0 })
  })

  it('is a copy that does not change what it was made of', () => {
    const form = newForm()
    const copy = copyOf(form)
    copy.content.groups[0].items.push(newItem())
    expect(form.content.groups[0].items).toHaveLength(1)
  })
})

describe('a total', () => {
  it('is a dash where nothing was answered, and never 0', () => {
    expect(totalText({ value: null })).toBe('—')
    expect(totalText(null)).toBe('—')
    expect(totalText({ value: 0 })).toBe('0.0')
    expect(totalText({ value: 87.5 })).toBe('87.5')
  })

  it('is told in Chinese where there is no English', () => {
    expect(wordsOf('优秀', '', 'en')).toBe('优秀')
    expect(wordsOf('优秀', 'Excellent', 'en')).toBe('Excellent')
    expect(wordsOf('优秀', 'Excellent', 'zh-CN')).toBe('优秀')
  })
})
