import type { Clash, LessonChange, LessonView, TimetableEntry } from '@/features/timetable/timetableApi'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** A subject in the reader's language. */
export const subjectOf = (of: { subjectName: string; subjectNameEn: string }, locale: string): string =>
  locale === 'en' && of.subjectNameEn ? of.subjectNameEn : of.subjectName

/** "三年级1班 数学" */
export const lessonText = (of: LessonView | TimetableEntry, locale: string): string =>
  `${of.className} ${subjectOf(of, locale)}`

/** Of the two changes of a swap the one that is told, and its partner; of any other the change alone. */
export interface ToldChange {
  readonly change: LessonChange
  readonly partner: LessonChange | null
}

/** Changes as they are listed: those that were made at once are one. */
export function told(changes: readonly LessonChange[]): readonly ToldChange[] {
  const seen = new Map<string, LessonChange>()
  const list: { change: LessonChange; partner: LessonChange | null }[] = []
  for (const change of changes) {
    const first = seen.get(change.madeAt)
    const entry = first && list.find((one) => one.change === first)
    if (entry && !entry.partner && first.kind === 'moved' && change.kind === 'moved') entry.partner = change
    else {
      seen.set(change.madeAt, change)
      list.push({ change, partner: null })
    }
  }
  return list
}

/** What a change makes of its lesson: the other teacher, room or time. */
export function outcomeOf(change: LessonChange, t: Translate): string {
  const when = [
    change.newDate ?? (change.newWeekday === null ? '' : t(`books.weekday.${change.newWeekday}`)),
    change.newPeriod === null ? '' : t('books.timetable.period', { n: change.newPeriod }),
  ]
    .filter(Boolean)
    .join(' ')
  return [change.teacherName, when, change.roomName].filter(Boolean).join(' · ')
}

/** From when until when a change counts. */
export function spanOf(change: LessonChange, t: Translate): string {
  if (change.lastDay === change.firstDay) return change.firstDay
  return change.lastDay
    ? t('books.changes.span', { from: change.firstDay, to: change.lastDay })
    : t('books.changes.since', { from: change.firstDay })
}

/** Why something cannot be: who or what has which lesson then. */
export const clashText = (clash: Clash, t: Translate, locale: string): string =>
  t('books.changes.clash', {
    who: clash.name,
    when: `${clash.other.date} ${clash.other.period.name}`,
    what: lessonText(clash.other, locale),
  })
