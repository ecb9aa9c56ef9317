import { useI18n } from 'vue-i18n'
import type { Answer, LessonFigure, LessonSnapshot, Moment, Segment, Stretch } from '@/api/lessons'
import { percent } from '@/ui/format'
import type { Provenance } from '@/ui/provenance'
import { clock, evidenceOf, places, recordingLink } from './snapshot'

export type Unit = 'share' | 'perMinute' | 'seconds' | 'decibels' | 'number' | 'count'

/** A lesson's figures in words: never a number where there is none to give. */
export function useLessonFigures() {
  const { t, te, locale } = useI18n()

  function numberText(value: number, unit: Unit): string {
    if (unit === 'share') return percent(value)
    if (unit === 'count') return String(value)
    if (unit === 'decibels') return `${Math.round(value)} dB`
    if (unit === 'seconds') return t('lesson.secondsValue', { n: value.toFixed(1) })
    return unit === 'perMinute' ? value.toFixed(1) : value.toFixed(2)
  }
  function textOf(figure: LessonFigure | null | undefined, unit: Unit): string {
    if (!figure) return t('lesson.notHeard')
    return figure.value === null ? t(`lesson.state.${figure.state}`) : numberText(figure.value, unit)
  }

  function formulaText(formula: string): string {
    const [name] = formula.split('/')
    return te(`formula.${name}`) ? t(`formula.${name}`) : formula
  }

  /** What a figure is made of. */
  function provenance(
    title: string,
    figure: LessonFigure | null | undefined,
    unit: Unit,
    snapshot: LessonSnapshot,
  ): Provenance {
    if (!figure) return { title, value: t('lesson.notHeard'), formula: '', rows: [], note: t('lesson.notHeardText') }
    return {
      title,
      value: textOf(figure, unit),
      formula: formulaText(figure.formula),
      rows: [
        { name: t('lesson.n'), value: String(figure.n) },
        {
          name: t('provenance.coverage'),
          value: percent(figure.coverage),
          warn: figure.state !== 'ok' || figure.coverage < 0.5,
        },
        {
          name: t('provenance.interval'),
          value: t('provenance.seconds', { n: Number(figure.intervalSeconds.toFixed(2)) }),
        },
        { name: t('provenance.version'), value: figure.formula },
      ],
      note:
        figure.state === 'not-enough-seen'
          ? t('lesson.notEnoughText', { least: percent(snapshot.input.minimumCoverage) })
          : figure.state === 'data-fault'
            ? t('lesson.dataFaultText', { enrolled: snapshot.input.expected })
            : snapshot.input.lowConfidence
              ? t('room.lowConfidence')
              : undefined,
    }
  }

  function signed(difference: number | null, unit: Unit): string {
    if (difference === null) return '—'
    const value =
      unit === 'share'
        ? t('lesson.points', { n: Math.round(Math.abs(difference) * 100) })
        : Math.abs(difference).toFixed(1)
    return `${difference < 0 ? '−' : '+'}${value}`
  }

  function ofSegment(segment: Segment): Provenance {
    const against = segment.againstLessonMean
    return {
      title: t(`segment.${segment.kind}`),
      value: `${clock(segment.from)}–${clock(segment.to)}`,
      formula: formulaText(segment.formula),
      rows: [
        { name: t('lesson.confidence'), value: percent(segment.confidence), warn: segment.confidence < 0.5 },
        {
          name: `${t('figure.participation')} · ${t('lesson.againstMean')}`,
          value: signed(against.participation, 'share'),
        },
        { name: `${t('figure.headUp')} · ${t('lesson.againstMean')}`, value: signed(against.headUpRate, 'share') },
        {
          name: `${t('lesson.interaction')} · ${t('lesson.againstMean')}`,
          value: signed(against.interactionPerMinute, 'perMinute'),
        },
        { name: t('lesson.n'), value: String(segment.participation.n) },
        {
          name: t('provenance.coverage'),
          value: percent(segment.participation.coverage),
          warn: segment.participation.coverage < 0.5,
        },
        { name: t('provenance.version'), value: segment.formula },
      ],
    }
  }

  function ofMoment(moment: Moment, snapshot: LessonSnapshot): Provenance {
    const evidence = evidenceOf(snapshot, moment)
    return {
      title: `${clock(moment.from)}–${clock(moment.to)}`,
      value: `${moment.score < 0 ? '−' : '+'}${Math.abs(moment.score).toFixed(1)}`,
      formula: formulaText(snapshot.moments.formula),
      rows: [
        ...moment.factors.map((factor) => ({
          name: t(`lesson.factor.${factor.factor}`),
          value: t('lesson.factorValue', {
            value: factor.factor === 'interaction' ? factor.value.toFixed(1) : percent(factor.value),
            mean: factor.factor === 'interaction' ? factor.lessonMean.toFixed(1) : percent(factor.lessonMean),
          }),
        })),
        ...(evidence
          ? [
              { name: t('lesson.n'), value: String(evidence.n) },
              { name: t('provenance.coverage'), value: percent(evidence.coverage), warn: evidence.coverage < 0.5 },
              { name: t('provenance.interval'), value: t('provenance.seconds', { n: evidence.intervalSeconds }) },
            ]
          : []),
        { name: t('provenance.version'), value: snapshot.moments.formula },
      ],
    }
  }

  /** Where the teacher was in a window; all three shares stand on the same looks. */
  function ofTeacherIn(window: Stretch, snapshot: LessonSnapshot): Provenance {
    const span = `${clock(window.from)}–${clock(window.to)}`
    const title = t('figure.teacher')
    if (!window.teacher) return { title, value: span, formula: '', rows: [], note: t('lesson.teacherUnmeasured') }
    const shown = provenance(title, window.teacher.front, 'share', snapshot)
    return {
      ...shown,
      value: span,
      rows: [
        ...places.map((place) => ({ name: t(`teacher.${place}`), value: textOf(window.teacher![place], 'share') })),
        ...shown.rows,
      ],
    }
  }

  function ofAnswer(answer: Answer, snapshot: LessonSnapshot): Provenance {
    const link = recordingLink(snapshot, answer.from)
    return {
      title: t(answer.stands ? 'lesson.answerStanding' : 'lesson.answerSeated'),
      value: `${clock(answer.from)}–${clock(answer.to)}`,
      formula: t('formula.answer'),
      rows: [
        {
          name: t('lesson.answerLength'),
          value: t('lesson.secondsValue', { n: (answer.to - answer.from).toFixed(1) }),
        },
        { name: t('provenance.version'), value: snapshot.answers!.count.formula },
      ],
      note: t('lesson.answerNote'),
      link: link ? { to: link, text: t('lesson.look') } : undefined,
    }
  }

  /** The server's own sentence, in the reader's language. */
  function said(text: { zh: string; en: string }): string {
    return locale.value === 'en' ? text.en : text.zh
  }

  return { textOf, numberText, provenance, ofSegment, ofMoment, ofTeacherIn, ofAnswer, said }
}
