import type { LessonSnapshot, LessonSummary } from '@/api/lessons'
import { minuteOfDay } from '@/ui/format'

/** What the timetable had for a lesson. Snapshots from before there were timetables do not have it. */
export type Planned = NonNullable<LessonSnapshot['planned']>

interface Subject {
  subjectName: string | null
  subjectNameEn: string | null
}

/** The subject in the reader's language; empty where none is known. */
export function subjectOf(of: Subject, locale: string): string {
  return (locale.startsWith('zh') ? of.subjectName : of.subjectNameEn) ?? ''
}

/** The class, and the room where that is called otherwise. */
export function classAndRoom(of: Pick<LessonSummary, 'className' | 'roomName'>): string {
  return of.className === null || of.className === of.roomName ? of.roomName : `${of.className} · ${of.roomName}`
}

/** A lesson's head: class, subject, teacher, period and planned time; empty where nothing was planned. */
export function headOf(
  planned: Planned | null | undefined,
  locale: string,
  t: (key: string, values: Record<string, unknown>) => string,
): string {
  if (!planned) return ''
  const { from, to } = planned
  return [
    planned.className,
    subjectOf(planned, locale),
    planned.teacherName,
    t('lessons.period', { n: planned.period }),
    from && to ? t('lesson.planned', { from: minuteOfDay(new Date(from)), to: minuteOfDay(new Date(to)) }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
