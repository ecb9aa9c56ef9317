import { describe, expect, it } from 'vitest'
import { isException, isMarked, itemsOf, minuteOf, nextStop, ordered, toggled, usualAnswers } from './patrol'
import type { FormItem, PatrolForm, Round, RoundStop } from './patrolsApi'

const item = (key: string, usual: number | null): FormItem => ({
  key,
  text: key,
  textEn: '',
  kind: 'yesNo',
  max: 0,
  levels: [],
  mayNotApply: false,
  mayRemark: false,
  usual,
})
const form: PatrolForm = {
  formId: 'f',
  version: 1,
  name: '巡课快检',
  nameEn: '',
  content: {
    groups: [
      {
        key: 'g',
        name: '',
        nameEn: '',
        weight: 100,
        items: [item('ontime', 1), item('trouble', 0), item('good', null)],
      },
    ],
    bands: [],
    lessonKinds: [],
  },
}
const [ontime, trouble, good] = itemsOf(form)
const stop = (roomId: string, more: Partial<RoundStop> = {}): RoundStop => ({
  roomId,
  roomName: roomId,
  schoolId: 's01',
  schoolName: '',
  state: 'live',
  seen: 30,
  expected: 40,
  lesson: null,
  visits: 0,
  lastVisit: null,
  isDone: false,
  ...more,
})
const round = (...stops: RoundStop[]): Round => ({
  at: '2026-12-01T02:00:00Z',
  form,
  stops,
  today: { rooms: 0, exceptions: 0, minutes: 0 },
})

describe('what is found in a room', () => {
  it('begins in order', () => {
    const usual = usualAnswers(form)
    expect(usual.ontime.value).toBe(1)
    expect(usual.trouble.value).toBe(0)
    expect(usual.good).toBeUndefined()
    expect(isException(usual, form)).toBe(false)
  })
  it('is an exception where something is not as usual, either way', () => {
    expect(isException(toggled(usualAnswers(form), ontime), form)).toBe(true)
    expect(isException(toggled(usualAnswers(form), trouble), form)).toBe(true)
  })
  it('is none where a second press takes it back', () => {
    expect(isException(toggled(toggled(usualAnswers(form), ontime), ontime), form)).toBe(false)
  })
  it('is none where something good is marked', () => {
    const marked = toggled(usualAnswers(form), good)
    expect(isMarked(marked, good)).toBe(true)
    expect(isException(marked, form)).toBe(false)
    expect(isMarked(toggled(marked, good), good)).toBe(false)
  })
})

describe('the way of a round', () => {
  it('goes by place, those that are done last', () => {
    const stops = ordered(round(stop('a', { isDone: true }), stop('b'), stop('c')), 'place')
    expect(stops.map((one) => one.roomId)).toEqual(['b', 'c', 'a'])
  })
  it('goes first to whom nobody has been, then to whom it was longest ago', () => {
    const stops = ordered(
      round(
        stop('a', { visits: 2, lastVisit: '2026-11-20T00:00:00Z' }),
        stop('b', { visits: 1, lastVisit: '2026-11-02T00:00:00Z' }),
        stop('c'),
      ),
      'unvisited',
    )
    expect(stops.map((one) => one.roomId)).toEqual(['c', 'b', 'a'])
  })
  it('skips rooms without a camera, and those that were seen', () => {
    const stops = [stop('a'), stop('b', { state: 'offline' }), stop('c'), stop('d')]
    expect(nextStop(stops, new Set(['a', 'c']), 'a')?.roomId).toBe('d')
  })
  it('goes round to the beginning, and ends where none is left', () => {
    const stops = [stop('a'), stop('b'), stop('c')]
    expect(nextStop(stops, new Set(['c']), 'c')?.roomId).toBe('a')
    expect(nextStop(stops, new Set(['a', 'b', 'c']), 'c')).toBeNull()
    expect(nextStop([stop('a')], new Set(), 'a')).toBeNull()
  })
})

describe('the minute of a lesson', () => {
  const lesson = { period: { from: '2026-12-01T02:00:00Z' } } as RoundStop['lesson']
  it('counts from its beginning, and is not below none', () => {
    expect(minuteOf(stop('a', { lesson }), Date.parse('2026-12-01T02:12:30Z'))).toBe(12)
    expect(minuteOf(stop('a', { lesson }), Date.parse('2026-12-01T01:59:00Z'))).toBe(0)
    expect(minuteOf(stop('a'), 0)).toBeNull()
  })
})
