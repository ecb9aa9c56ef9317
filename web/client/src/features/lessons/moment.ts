import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

/** The moment of a lesson that its page shows: every chart marks it, and every chart leads to it. */
export interface LessonMoment {
  /** Seconds from the lesson's start; null: the whole lesson. */
  readonly at: Readonly<Ref<number | null>>
  go: (seconds: number | null) => void
}

const key: InjectionKey<LessonMoment> = Symbol('moment')

/** @param length how long the lesson is, in seconds */
export function provideMoment(length: () => number): LessonMoment {
  const at = ref<number | null>(null)
  const moment = {
    at,
    go: (seconds: number | null) => (at.value = seconds === null ? null : Math.min(Math.max(0, seconds), length())),
  }
  provide(key, moment)
  return moment
}

/** Of the page around; a chart that stands alone has one of its own. */
export function useMoment(): LessonMoment {
  return inject(
    key,
    () => {
      const at = ref<number | null>(null)
      return { at, go: (seconds: number | null) => (at.value = seconds) }
    },
    true,
  )
}

/** The half minute around a moment, within the lesson. */
export function around(seconds: number, length: number): { from: number; to: number } {
  const half = 15
  const from = Math.max(0, Math.min(seconds - half, length - 2 * half))
  return { from, to: Math.min(length, from + 2 * half) }
}
