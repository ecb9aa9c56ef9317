import type { LessonFigure, LessonSnapshot, Moment, MomentStill, SegmentKind, Stretch } from '@/api/lessons'

/** The S-T curve: minutes of S across, minutes of T up; a point an interval. Silence moves neither. */
export function teachingCurve(sequence: string, intervalSeconds: number): [student: number, teacher: number][] {
  const step = intervalSeconds / 60
  const curve: [number, number][] = [[0, 0]]
  for (const mark of sequence) {
    const [student, teacher] = curve.at(-1)!
    if (mark === 'T') curve.push([student, teacher + step])
    else if (mark === 'S') curve.push([student + step, teacher])
  }
  return curve
}

/** When each point of the S-T curve was reached, in seconds from the lesson's start. */
export function curveTimes(sequence: string, intervalSeconds: number): number[] {
  const spoken = [...sequence].flatMap((mark, index) =>
    mark === 'T' || mark === 'S' ? [(index + 1) * intervalSeconds] : [],
  )
  return [0, ...spoken]
}

/** Where the kinds of lesson lie in the Rt-Ch plane: nothing can be above the triangle, as Ch <= 2 min(Rt, 1 - Rt). */
export const triangle: readonly [rt: number, ch: number][] = [
  [0, 0],
  [0.5, 1],
  [1, 0],
]
export const borders: readonly (readonly [rt: number, ch: number][])[] = [
  [
    [0.3, 0],
    [0.3, 0.6],
  ],
  [
    [0.7, 0],
    [0.7, 0.6],
  ],
  [
    [0.3, 0.4],
    [0.7, 0.4],
  ],
]

export const shares = ['handRaised', 'standing', 'headUp', 'headDown', 'headOnDesk'] as const

/** The behaviours' shares of a window, or null where they may not be shown as numbers. */
export function sharesOf(window: Stretch): Record<(typeof shares)[number], number> | null {
  return window.participation.state === 'ok' ? window.histogram : null
}

export const places = ['front', 'atBoard', 'amongPupils'] as const

/** The CSS variable of a teacher's place; each is also told by its name. */
export const placeColour: Record<(typeof places)[number], string> = {
  front: 'var(--accent)',
  atBoard: 'var(--low)',
  amongPupils: 'var(--hand-raised)',
}

/** Where a stretch lies on a lesson's time line, as CSS. */
export function placeOn(snapshot: LessonSnapshot, from: number, to: number): { left: string; width: string } {
  const length = Math.max(1, snapshot.input.durationSeconds)
  return { left: `${(100 * from) / length}%`, width: `${(100 * Math.max(0, to - from)) / length}%` }
}

/** m:ss from the lesson's start. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** The recording in which a moment can be seen, and where in it; null where there is none. */
export function recordingAt(snapshot: LessonSnapshot, seconds: number): { recordingId: string; at: number } | null {
  const found = snapshot.recordings.find((one) => seconds >= one.from && seconds < one.to)
  return found ? { recordingId: found.recordingId, at: Math.floor(seconds - found.from) } : null
}

/** The page that plays that moment; null where no recording has it. */
export function recordingLink(snapshot: LessonSnapshot, seconds: number): string | null {
  const found = recordingAt(snapshot, seconds)
  return found ? `/recordings/${encodeURIComponent(found.recordingId)}?at=${found.at}` : null
}

/** The still that was taken within a moment; null where there is none. */
export function stillOf(snapshot: LessonSnapshot, moment: Moment): MomentStill | null {
  return snapshot.stills.find(({ at }) => at >= moment.from && at < moment.to) ?? null
}

/** Where a still's picture is. */
export function stillSource(snapshot: LessonSnapshot, still: MomentStill): string {
  return `/api/lessons/${encodeURIComponent(snapshot.lessonId)}/stills/${still.number}`
}

/** What stands behind a moment: the participation of its window, which has its count and coverage. */
export function evidenceOf(snapshot: LessonSnapshot, moment: Moment): LessonFigure | null {
  return snapshot.windows.find((window) => Math.abs(window.from - moment.from) < 0.5)?.participation ?? null
}

/** The CSS variable of a segment's colour; each is also told by its name. */
export function segmentColour(kind: SegmentKind): string {
  const variables: Record<SegmentKind, string> = {
    'teacher-talk': '--head-up',
    'question-and-answer': '--hand-raised',
    practice: '--head-down',
    'pair-talk': '--standing',
    transition: '--low',
    unclear: '--unknown',
  }
  return `var(${variables[kind]})`
}
