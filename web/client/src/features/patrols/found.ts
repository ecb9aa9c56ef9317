import { csv, dateAndTime } from '@/ui/format'
import { isMarked, itemsOf } from './patrol'
import type { Patrol, PatrolForm, PatrolList } from './patrolsApi'

/** Gives an item's or level's words in the reader's language. */
export type InWords = (text: string, textEn: string) => string

/** What was found in a room that is not as usual, or was marked, counted or written; each in words. */
export function foundIn(patrol: Patrol, forms: readonly PatrolForm[], inWords: InWords): readonly string[] {
  const form = forms.find((one) => one.formId === patrol.formId && one.version === patrol.formVersion)
  if (!form) return []
  return itemsOf(form).flatMap((item) => {
    const answer = patrol.answers[item.key]
    if (!answer || answer.notApplicable) return []
    const words = inWords(item.text, item.textEn)
    if (item.kind === 'yesNo') return isMarked(patrol.answers, item) ? [item.usual === 1 ? `✗ ${words}` : words] : []
    if (item.kind === 'text') return answer.text ? [`${words}: ${answer.text}`] : []
    if (answer.value === null) return []
    const level = item.levels.find((one) => one.points === answer.value)
    return [`${words}: ${level ? inWords(level.text, level.textEn) : answer.value}`]
  })
}

/** The expected and the counted, such as "42 / 40"; what is not known is a dash. */
export const countOf = (patrol: Patrol): string => `${patrol.expected ?? '—'} / ${patrol.present ?? '—'}`

/** Which lesson it was, such as "语文 三年级1班"; empty where the timetable had none. */
export const lessonOf = (patrol: Patrol): string =>
  [patrol.subjectName, patrol.className].filter((one) => one !== null).join(' ')

/**
 * Patrols as a table for a spreadsheet.
 *
 * @param titles of the columns, in their order
 */
export function patrolsAsCsv(list: PatrolList, titles: readonly string[], inOrder: string, inWords: InWords): string {
  return csv([
    titles,
    ...list.patrols.map((patrol) => [
      dateAndTime(new Date(patrol.at)),
      patrol.schoolName,
      patrol.roomName,
      lessonOf(patrol),
      patrol.teacherName ?? '',
      patrol.displayName,
      patrol.minutes === null ? '' : patrol.minutes.toFixed(1),
      countOf(patrol),
      foundIn(patrol, list.forms, inWords).join('; ') || (patrol.isException ? '' : inOrder),
      patrol.note,
    ]),
  ])
}
