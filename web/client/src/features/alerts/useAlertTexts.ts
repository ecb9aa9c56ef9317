import { useI18n } from 'vue-i18n'
import { useTexts } from '@/app/texts'
import type { Alert, AlertRule } from './alertsApi'

/** An alert in words. */
export function useAlertTexts() {
  const { t, locale } = useI18n()
  const { schoolName } = useTexts()

  /** Where it is: the room, or the whole school. */
  const placeOf = (one: Alert) => one.roomName ?? t('alerts.wholeSchool')
  const schoolOf = (one: { schoolName: string; schoolNameEn: string }) =>
    schoolName({ name: one.schoolName, nameEn: one.schoolNameEn })

  /** The class and the figures that it was raised on. */
  function figuresOf(one: Alert): string {
    const subject = locale.value === 'en' ? one.subjectNameEn : one.subjectName
    const parts = [one.periodName, one.className, subject].filter((part): part is string => !!part)
    if (one.lost !== null && one.cameras !== null)
      parts.push(t('alerts.figures.cameras', { lost: one.lost, cameras: one.cameras }))
    else if (one.people !== null && one.enrolled !== null)
      parts.push(t('alerts.figures.people', { people: one.people, enrolled: one.enrolled }))
    else if (one.people !== null) parts.push(t('alerts.figures.onlyPeople', { people: one.people }))
    return parts.join(' · ')
  }

  /** A rule's condition with its numbers. */
  function ruleText(rule: AlertRule): string {
    return t(`alerts.condition.${rule.kind}`, {
      raise: rule.raiseAt,
      clear: rule.clearAt,
      hold: lengthOf(rule.holdSeconds),
      clearHold: lengthOf(rule.clearHoldSeconds),
    })
  }

  function lengthOf(seconds: number): string {
    return seconds % 60 === 0 && seconds > 0
      ? t('duration.minutes', { n: seconds / 60 })
      : t('duration.seconds', { n: seconds })
  }

  return { placeOf, schoolOf, figuresOf, ruleText, lengthOf }
}
