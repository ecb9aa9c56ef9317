import { describe, expect, it, vi } from 'vitest'
import { matchesName } from './nameSearch'
import { matchesPinyin } from './pinyin'

describe('names are found by pinyin', () => {
  it.each([
    ['李小明', 'lixiaoming'],
    ['李小明', 'lxm'],
    ['李小明', 'lixm'],
    ['李小明', 'xiaom'],
    ['欧阳修', 'oyx'],
    ['三年级2班', 'snj2b'],
    ['三年级（2）班', '3nj2b'],
    ['三年级2班', '三nj'],
    ['音乐', 'yy'],
    ['张三 语文', 'zsyw'],
    ['Tom Wang', 'tomw'],
    ['ＡＢ楼', 'abl'],
  ])('%s by %s', (name, typed) => expect(matchesPinyin(typed, name)).toBe(true))

  it.each([
    ['单雄信', 'shanxx'],
    ['曾国', 'zeng'],
    ['仇英', 'qiuy'],
    ['解晓东', 'xiexd'],
    ['查良镛', 'zhaly'],
    ['尉迟恭', 'yuchi'],
    ['区大相', 'ou'],
    ['盖叫天', 'gejt'],
    ['翟让', 'zhai'],
    ['覃怀', 'qin'],
  ])('%s, a surname that is read otherwise, by %s', (name, typed) => expect(matchesPinyin(typed, name)).toBe(true))

  it.each([
    ['李玥', 'liyue'],
    ['梓彧', 'ziyu'],
    ['陈垚', 'chenyao'],
    ['王堃', 'wangkun'],
    ['张芃', 'zhangpeng'],
    ['周珺', 'zj'],
  ])('%s, with a rare character, by %s', (name, typed) => expect(matchesPinyin(typed, name)).toBe(true))

  it.each(['lvbu', 'lyubu', 'lubu', 'lübu'])('吕布 by %s', (typed) => expect(matchesPinyin(typed, '吕布')).toBe(true))

  it.each([
    ['李小明', 'lm'],
    ['李小明', 'lixg'],
    ['李小明', 'lixiaominga'],
    ['三年级2班', 'snj3b'],
    ['语文', ' z'],
  ])('%s, but not by %s', (name, typed) => expect(matchesPinyin(typed, name)).toBe(false))
})

describe('the search of names', () => {
  it('finds by pinyin once the dictionary is there, and by characters before', async () => {
    expect(matchesName('小明', '李小明')).toBe(true)
    await vi.waitFor(() => expect(matchesName('lixm', '李小明')).toBe(true))
  })

  it('wants every word in one of the names', async () => {
    await vi.waitFor(() => expect(matchesName('lxm yuwen', '李小明', '语文')).toBe(true))
    expect(matchesName('lxm shuxue', '李小明', '语文')).toBe(false)
    expect(matchesName('', '李小明')).toBe(true)
  })
})
