import { describe, expect, test } from 'vitest'
import type { DayLesson, HourRoom } from './dashboardsApi'
import { afterSchool, busyRooms, camerasGone, camerasThere, lessonsNow, onTime, rung } from './figures'

const lesson = (kind: 'lesson' | 'afterSchool' = 'lesson') =>
  ({ className: '一班', subjectName: '语文', kind, from: '', to: '' }) as unknown as NonNullable<HourRoom['lesson']>
const room = (roomId: string, state: HourRoom['state'], people: number | null, has: HourRoom['lesson']): HourRoom => ({
  roomId,
  roomName: roomId,
  state,
  people,
  expected: 40,
  lesson: has,
})
const began = (beginning: DayLesson['beginning'], kind: 'lesson' | 'afterSchool' = 'lesson'): DayLesson => ({
  lessonId: null,
  roomId: 'a',
  roomName: 'a',
  lesson: lesson(kind),
  beginning,
  minutesLate: null,
})

describe('the figures of an hour', () => {
  const rooms = [
    room('a', 'live', 38, lesson()),
    room('b', 'live', 0, lesson()),
    room('c', 'offline', null, lesson()),
    room('d', 'resting', null, null),
    room('e', 'stalled', null, null),
    room('f', 'live', 12, lesson('afterSchool')),
  ]

  test('count a lesson as seen only where people are', () => {
    expect(lessonsNow(rooms)).toEqual({ n: 1, of: 3 })
    expect(busyRooms(rooms).map((one) => one.roomId)).toEqual(['a', 'b', 'c'])
  })

  test('count a camera that rests as there, and one that has stopped as gone', () => {
    expect(camerasThere(rooms)).toEqual({ n: 4, of: 6 })
    expect(camerasGone(rooms).map((one) => one.roomId)).toEqual(['c', 'e'])
  })

  test('leave out of punctuality what nobody saw, and list it first', () => {
    const day = [began('ahead'), began('onTime'), began('unseen'), began('late'), began('onTime'), began('away')]
    expect(onTime(day)).toEqual({ n: 2, of: 3 })
    expect(rung(day).map((one) => one.beginning)).toEqual(['unseen', 'late', 'onTime', 'onTime'])
  })

  test('know after-school sessions that are held', () => {
    expect(afterSchool([began('ahead', 'afterSchool'), began('away', 'afterSchool'), began('ahead')])).toHaveLength(1)
  })
})
