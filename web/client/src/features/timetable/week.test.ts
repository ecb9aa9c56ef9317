import { describe, expect, it } from 'vitest'
import { lesson, period, weekOf } from './testWeek'
import { daysOf, isNow, isTaken, lessonsAt, linesOf, markOf, snapshotOf } from './week'

describe('a week on its dates', () => {
  it('has Monday to Friday, and a Saturday that has a lesson', () => {
    const saturday = lesson({ date: '2026-10-17', period: period(1, '2026-10-17') })
    expect(daysOf(weekOf([lesson()]))).toHaveLength(5)
    expect(daysOf(weekOf([saturday])).map((day) => day.date)).toContain('2026-10-17')
  })

  it('has the periods of its days, and of a lesson at another time', () => {
    const late = lesson({ period: period(8) })
    expect(linesOf(weekOf([late])).map((line) => line.number)).toEqual([1, 2, 8])
    expect(lessonsAt(weekOf([late]).days[0], 8)).toEqual([late])
    expect(lessonsAt(weekOf([late]).days[0], 1)).toEqual([])
  })

  it('says what was done to a lesson', () => {
    const { unchanged } = lesson()
    expect(markOf(lesson())).toBe('')
    expect(markOf(lesson({ change: 'substituted', teacherId: 'li' }))).toBe('substituted')
    expect(markOf(lesson({ change: 'moved', unchanged: { ...unchanged, period: period(2) } }))).toBe('moved')
    expect(markOf(lesson({ change: 'cancelled', state: 'cancelled' }))).toBe('cancelled')
    expect(markOf(lesson({ change: 'elsewhere', state: 'elsewhere', roomId: null }))).toBe('elsewhere')
  })

  it('shows a lesson that somebody else gives as taken in its teacher’s week only', () => {
    const taken = lesson({ change: 'substituted', teacherId: 'li' })
    expect(isTaken(taken, 'teachers', 'wang')).toBe(true)
    expect(isTaken(taken, 'teachers', 'li')).toBe(false)
    expect(isTaken(taken, 'classes', '3a')).toBe(false)
  })

  it('knows the lesson that goes on, and the one on record that it became', () => {
    expect(isNow(lesson(), Date.parse('2026-10-12T08:39:59Z'))).toBe(true)
    expect(isNow(lesson(), Date.parse('2026-10-12T08:40:00Z'))).toBe(false)
    const held = {
      roomId: 'r1',
      teacherId: 'wang',
      period: 1,
      from: '2026-10-12T08:01:00Z',
      to: '2026-10-12T08:41:00Z',
      ended: true,
    }
    expect(
      snapshotOf(lesson(), [{ ...held, period: 2 }, { ...held, roomId: 'r2' }, { ...held, ended: false }, held]),
    ).toBe(held)
    expect(snapshotOf(lesson({ date: '2026-10-13', period: period(1, '2026-10-13') }), [held])).toBeUndefined()
  })
})
