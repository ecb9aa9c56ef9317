import type { LessonFigure, LessonSnapshot } from '@/api/lessons'
import type { Unit } from './useLessonFigures'

/** A figure of a lesson: where it is in the snapshot, what it is called, and how it is written. */
export interface NamedFigure {
  place: string
  /** i18n key. */
  name: string
  unit: Unit
}

/** The figures that a lesson's page shows, in their order. */
export const figures: readonly NamedFigure[] = [
  { place: 'lesson.participation', name: 'figure.participation', unit: 'share' },
  { place: 'lesson.headUpRate', name: 'figure.headUp', unit: 'share' },
  { place: 'lesson.response', name: 'lesson.response', unit: 'share' },
  { place: 'lesson.interactionPerMinute', name: 'lesson.interaction', unit: 'perMinute' },
  { place: 'lesson.speech.teacherTalk', name: 'lesson.teacherTalk', unit: 'share' },
  { place: 'lesson.speech.pupilTalk', name: 'lesson.pupilTalk', unit: 'share' },
  { place: 'lesson.speech.silence', name: 'lesson.silence', unit: 'share' },
  { place: 'lesson.speech.waitSeconds', name: 'lesson.wait', unit: 'seconds' },
  { place: 'answers.count', name: 'lesson.answers', unit: 'count' },
  { place: 'st.rt', name: 'lesson.rt', unit: 'number' },
  { place: 'st.ch', name: 'lesson.ch', unit: 'number' },
  { place: 'lesson.speech.speechLevelDbfs', name: 'lesson.level', unit: 'decibels' },
]

/** What is known of a figure by its place; undefined where the page does not show it. */
export function figureNamed(place: string): NamedFigure | undefined {
  return figures.find((one) => one.place === place)
}

/** The figure at a place of the snapshot; null where nothing was measured. */
export function figureAt(snapshot: LessonSnapshot, place: string): LessonFigure | null {
  // Without sound nobody was heard to take turns, whatever the number says.
  if (place === 'lesson.interactionPerMinute' && !snapshot.lesson.speech) return null
  const found = place
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], snapshot)
  return (found as LessonFigure | undefined) ?? null
}
