import { describe, expect, it } from 'vitest'
import { readKept, restore, sameAnswers, shownRemarks, type Kept } from './draft'
import type { Observation, Remark } from './observationsApi'

const answer = (value: number | null, more = {}) => ({ value, text: null, notApplicable: false, remark: null, ...more })
const server = (changes: Partial<Observation> = {}) =>
  ({ version: 3, answers: { a: answer(4) }, overall: '好', ...changes }) as Observation
const kept = (changes: Partial<Kept> = {}): Kept => ({
  version: 3,
  answers: { a: answer(5) },
  overall: '好',
  remarks: {},
  ...changes,
})

describe('a draft that was kept here', () => {
  it('goes on where the server has the version that it is based on', () => {
    expect(restore(server(), kept())).toEqual({ draft: kept(), conflict: false })
  })

  it('asks where somebody has saved another version since', () => {
    expect(restore(server({ version: 4 }), kept()).conflict).toBe(true)
  })

  it('asks nothing where the server has the same: only the acknowledgement was lost', () => {
    const found = restore(server({ version: 4, answers: { a: answer(5) } }), kept())
    expect(found).toMatchObject({ conflict: false, draft: { version: 4 } })
  })

  it('keeps remarks that are still on their way, whatever became of the answers', () => {
    const remarks = { r1: { at: 12, kind: 'strength' as const, text: '追问', tags: [] } }
    expect(restore(server({ answers: { a: answer(5) } }), kept({ remarks })).draft.remarks).toEqual(remarks)
  })

  it('is nothing where it cannot be read', () => {
    expect(readKept('{"version":')).toBeNull()
    expect(readKept('{"version":"3"}')).toBeNull()
    expect(readKept(null)).toBeNull()
    expect(readKept(JSON.stringify({ version: 1, answers: {}, overall: '' }))?.remarks).toEqual({})
  })
})

describe('answers', () => {
  it('are the same where one says nothing in more words', () => {
    expect(sameAnswers({ a: answer(1) }, { a: answer(1), b: answer(null, { text: ' ' }) })).toBe(true)
    expect(sameAnswers({ a: answer(1) }, { a: answer(1, { remark: '' }) })).toBe(true)
  })

  it('differ by a value, by a remark, and by not applying', () => {
    expect(sameAnswers({ a: answer(1) }, { a: answer(0) })).toBe(false)
    expect(sameAnswers({ a: answer(1) }, { a: answer(1, { remark: '晚 3 分钟' }) })).toBe(false)
    expect(sameAnswers({}, { a: answer(null, { notApplicable: true }) })).toBe(false)
  })
})

describe('remarks', () => {
  const saved: Remark = { id: 'r1', at: 30, kind: 'strength', text: '旧', tags: [], madeAt: '2026-01-01' }

  it('are shown by the second with what is on its way, once each', () => {
    const shown = shownRemarks([saved], {
      r1: { at: 30, kind: 'strength', text: '新', tags: [] },
      r2: { at: 5, kind: 'question', text: '为什么', tags: [] },
    })
    expect(shown.map((one) => one.text)).toEqual(['为什么', '新'])
  })

  it('are gone at once when they are taken away', () => {
    expect(shownRemarks([saved], { r1: null })).toEqual([])
  })
})
