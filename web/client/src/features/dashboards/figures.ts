import type { ClassroomState } from '@/api/types'
import type { DayLesson, HourRoom, WeekSums } from './dashboardsApi'

/** Of so many, so many. */
export interface Share {
  readonly n: number
  readonly of: number
}

const hasPicture = (state: ClassroomState) => state === 'live' || state === 'resting'

/** The rooms that the timetable has a lesson in now. */
export const busyRooms = (rooms: readonly HourRoom[]) => rooms.filter((room) => room.lesson?.kind === 'lesson')

/** Whether the camera sees people in a room. */
export const isSeen = (room: HourRoom) => room.state === 'live' && (room.people ?? 0) > 0

/** Rooms with a lesson now; of them, those where people are seen. */
export function lessonsNow(rooms: readonly HourRoom[]): Share {
  const busy = busyRooms(rooms)
  return { n: busy.filter(isSeen).length, of: busy.length }
}

/** Rooms whose camera sends a picture, or rests until a lesson. */
export function camerasThere(rooms: readonly HourRoom[]): Share {
  return { n: rooms.filter((room) => hasPicture(room.state)).length, of: rooms.length }
}

export const camerasGone = (rooms: readonly HourRoom[]) => rooms.filter((room) => !hasPicture(room.state))

/** Lessons of today of which it is known how they began; of them, those that began on time. What nobody saw is in neither. */
export function onTime(lessons: readonly DayLesson[]): Share {
  const known = lessons.filter((one) => one.beginning === 'onTime' || one.beginning === 'late')
  return { n: known.filter((one) => one.beginning === 'onTime').length, of: known.length }
}

/** Those whose bell has rung, those that somebody should look at first: not seen, then late, then the others. */
export function rung(lessons: readonly DayLesson[]): DayLesson[] {
  const order = { unseen: 0, late: 1, going: 2, onTime: 3 }
  return lessons
    .filter((one) => one.beginning in order)
    .sort((a, b) => order[a.beginning as keyof typeof order] - order[b.beginning as keyof typeof order])
}

/** After-school sessions of today by the timetable, without those that are cancelled or elsewhere. */
export const afterSchool = (lessons: readonly DayLesson[]) =>
  lessons.filter((one) => one.lesson.kind === 'afterSchool' && one.beginning !== 'away')

/** The share of a week's lessons that began on time; null where none is known. */
export const onTimeShare = (week: WeekSums) => (week.timed > 0 ? week.onTime / week.timed : null)
