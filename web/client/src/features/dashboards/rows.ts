import { useI18n } from 'vue-i18n'
import type { DayLesson, HourAlert, HourRoom } from './dashboardsApi'
import { useHourTexts } from './useHourTexts'
import { minuteOfDay } from '@/ui/format'
import { isSeen } from './figures'

/** One of the things that a figure counts. */
export interface FigureRow {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly state: string
  readonly tone?: 'bad'
  readonly to?: string
}

/** The rows behind the figures. */
export function useRows() {
  const { t } = useI18n()
  const { lessonText, presentText, beginningText, timesText } = useHourTexts()
  const room = (roomId: string) => `/rooms/${encodeURIComponent(roomId)}`

  /** Those where nobody is seen come first. */
  const ofRooms = (rooms: readonly HourRoom[]): FigureRow[] =>
    [...rooms]
      .sort((a, b) => Number(isSeen(a)) - Number(isSeen(b)))
      .map((one) => ({
        key: one.roomId,
        name: one.roomName,
        detail: one.lesson ? `${lessonText(one.lesson)} ${one.lesson.teacherName ?? ''}` : t('hour.noLesson'),
        state: presentText(one),
        tone: one.lesson && !isSeen(one) ? 'bad' : undefined,
        to: room(one.roomId),
      }))

  const ofLessons = (lessons: readonly DayLesson[]): FigureRow[] =>
    lessons.map((one, index) => ({
      key: `${index}`,
      name: one.roomName ?? '—',
      detail: `${timesText(one.lesson)} ${lessonText(one.lesson)} ${one.lesson.teacherName ?? ''}`,
      state: beginningText(one),
      tone: one.beginning === 'unseen' || one.beginning === 'late' ? 'bad' : undefined,
      to: one.lessonId ? `/lessons/${one.lessonId}` : one.roomId ? room(one.roomId) : undefined,
    }))

  const ofAlerts = (alerts: readonly HourAlert[], rooms: readonly HourRoom[]): FigureRow[] =>
    alerts.map((one) => ({
      key: one.alertId,
      name: rooms.find((each) => each.roomId === one.roomId)?.roomName ?? t('hour.schoolLevel'),
      detail: t(`alerts.kind.${one.kind}`),
      state: `${minuteOfDay(new Date(one.raisedAt))} ${one.isTaken ? t('hour.taken') : t(`alerts.severity.${one.severity}`)}`,
      tone: one.severity === 'high' && !one.isTaken ? 'bad' : undefined,
      to: one.roomId ? room(one.roomId) : undefined,
    }))

  return { ofRooms, ofLessons, ofAlerts }
}
