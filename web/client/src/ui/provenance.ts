import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Figure } from '@/api/types'
import { percent } from './format'

/** What a figure is made of, ready to show. */
export interface Provenance {
  title: string
  value: string
  formula: string
  rows: readonly { name: string; value: string; warn?: boolean }[]
  note?: string
  /** Where more can be seen of it. */
  link?: { to: string; text: string }
  /** What people say of it. */
  words?: readonly { by: string; text: string }[]
  /** What can be done about it. */
  act?: { text: string; run: () => void }
}

interface Open {
  anchor: HTMLElement
  /** Where the keyboard goes when it closes. */
  back: HTMLElement
  /** Asked again while the popover is open, so that it keeps up with the live figure. */
  read: () => Provenance
}

/** The one popover that explains a figure; null while closed. */
export const openProvenance = shallowRef<Open | null>(null)

export function explain(anchor: EventTarget | null, read: () => Provenance, back: EventTarget | null = anchor): void {
  if (!(anchor instanceof HTMLElement) || !(back instanceof HTMLElement)) return
  openProvenance.value = openProvenance.value?.anchor === anchor ? null : { anchor, read, back }
}

export function closeProvenance(): void {
  openProvenance.value = null
}

/** Texts for rates, from the figure that the server sent. */
export function useProvenance() {
  const { t, te } = useI18n()

  function formulaText(formula: string): string {
    const [name] = formula.split('/')
    return te(`formula.${name}`) ? t(`formula.${name}`) : formula
  }

  function ofFigure(title: string, figure: Figure, intervalMilliseconds?: number): Provenance {
    const fault = figure.coverage > 1
    return {
      title,
      value: percent(figure.value),
      formula: formulaText(figure.formula),
      rows: [
        { name: t('provenance.samples'), value: t('provenance.samplesValue', { n: figure.samples }) },
        { name: t('provenance.coverage'), value: percent(figure.coverage), warn: fault || figure.coverage < 0.5 },
        { name: t('provenance.window'), value: t('provenance.seconds', { n: figure.windowSeconds }) },
        ...(intervalMilliseconds
          ? [
              {
                name: t('provenance.interval'),
                value: t('provenance.seconds', { n: (intervalMilliseconds / 1000).toFixed(1) }),
              },
            ]
          : []),
        { name: t('provenance.version'), value: figure.formula },
      ],
      note:
        figure.value === null
          ? t('provenance.tooLittle')
          : fault
            ? t('provenance.overCoverage')
            : figure.coverage < 0.5
              ? t('provenance.lowCoverage')
              : undefined,
    }
  }

  /** For plain counts. */
  function ofCount(title: string, value: string, key: string, rows: Provenance['rows'], note?: string): Provenance {
    return { title, value, formula: t(`formula.${key}`), rows, note }
  }

  return { ofFigure, ofCount }
}
