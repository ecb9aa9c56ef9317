import { useI18n } from 'vue-i18n'
import { minuteOfDay } from '@/ui/format'
import type { DayLesson, HourLesson, HourRoom } from './dashboardsApi'

/** What an hour's rows say. */
export function useHourTexts() {
  const { t, locale } = useI18n()

  const subjectText = (lesson: HourLesson) => (locale.value === 'en' ? lesson.subjectNameEn : lesson.subjectName)
  const lessonText = (lesson: HourLesson) => `${lesson.className} ${subjectText(lesson)}`

  /** Who is there, of how many; or why nobody can say. */
  const presentText = (room: HourRoom) =>
    room.people === null
      ? t(`state.${room.state}`)
      : room.expected
        ? t('hour.peopleOf', { n: room.people, of: room.expected })
        : t('hour.people', { n: room.people })

  const beginningText = (one: DayLesson) =>
    t(`hour.beginning.${one.beginning}`, { n: Math.round(one.minutesLate ?? 0) })

  const timesText = (lesson: HourLesson) =>
    `${lesson.periodName} ${minuteOfDay(new Date(lesson.from))}–${minuteOfDay(new Date(lesson.to))}`

  return { subjectText, lessonText, presentText, beginningText, timesText }
}
