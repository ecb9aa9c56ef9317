import { useI18n } from 'vue-i18n'
import type { RoomView } from '@/api/types'
import { timeOfDay } from '@/ui/format'
import { useProvenance, type Provenance } from '@/ui/provenance'
import { ruleOf } from './rules'

export type RoomCount = 'people' | 'handsRaised' | 'standing' | 'headsUp' | 'headsDown' | 'headsOnDesk' | 'unknown'

/** What one room's figures are made of. */
export function useRoomProvenance() {
  const { t } = useI18n()
  const { ofFigure, ofCount } = useProvenance()

  function headUp(view: RoomView): Provenance {
    return ofFigure(t('figure.headUp'), view.headUpRate, view.intervalMilliseconds)
  }

  function participation(view: RoomView): Provenance {
    return ofFigure(t('figure.participation'), view.participation, view.intervalMilliseconds)
  }

  /** When the newest sample was taken, and the interval in force. */
  function sampled(view: RoomView): Provenance['rows'] {
    const at = { name: t('provenance.sampleAt'), value: timeOfDay(new Date(view.at)) }
    if (view.intervalMilliseconds <= 0) return [at]
    return [
      at,
      {
        name: t('provenance.interval'),
        value: t('provenance.seconds', { n: (view.intervalMilliseconds / 1000).toFixed(1) }),
      },
    ]
  }

  function ruled(name: string): Provenance['rows'] {
    const rule = ruleOf(name)
    return rule ? [{ name: t('provenance.version'), value: rule }] : []
  }

  function count(view: RoomView, name: RoomCount): Provenance {
    const over = view.people > view.enrolled && view.enrolled > 0
    return ofCount(
      t(`figure.${name}`),
      String(view[name]),
      name,
      [
        { name: t('provenance.seen'), value: t('provenance.peopleValue', { n: view.people }) },
        { name: t('provenance.enrolled'), value: t('provenance.peopleValue', { n: view.enrolled }), warn: over },
        { name: t('provenance.unknown'), value: t('provenance.peopleValue', { n: view.unknown }) },
        ...sampled(view),
        ...ruled(name),
      ],
      over ? t('fault.over-enrolment') : view.lowConfidence ? t('room.lowConfidence') : undefined,
    )
  }

  function teacher(view: RoomView): Provenance {
    return ofCount(t('figure.teacher'), t(`teacher.${view.teacher}`), 'teacher', [
      ...sampled(view),
      ...ruled('teacher'),
    ])
  }

  return { headUp, participation, count, teacher }
}
