/** A lesson's snapshot, field by field as docs/analyse.md describes it. Times are seconds from the lesson's start. */

export type FigureState = 'ok' | 'not-enough-seen' | 'data-fault'
export type SegmentKind = 'teacher-talk' | 'question-and-answer' | 'practice' | 'pair-talk' | 'transition' | 'unclear'
export type TeachingMode = 'practice' | 'lecture' | 'dialogue' | 'mixed'
export type Tampering = 'dark' | 'covered' | 'blurred' | 'frozen' | 'moved'

/** `value` is null unless `state` is "ok". */
export interface LessonFigure {
  value: number | null
  state: FigureState
  n: number
  coverage: number
  intervalSeconds: number
  /** Name and version, such as "head-up-rate/1". */
  formula: string
}

/** Shares of known pupil-samples. */
export interface Histogram {
  known: number
  people: number
  handRaised: number
  standing: number
  headUp: number
  headDown: number
  headOnDesk: number
  talkingToNeighbour: number
}

export interface Spoken {
  teacherTalk: LessonFigure
  pupilTalk: LessonFigure
  manyAtOnce: LessonFigure
  silence: LessonFigure
  turns: LessonFigure
  waitSeconds: LessonFigure
  speechLevelDbfs: LessonFigure
  quietLevelDbfs: LessonFigure
  confidence: number | null
}

/** Shares of the looks that told where the teacher was. */
export interface TeacherPlaces {
  front: LessonFigure
  atBoard: LessonFigure
  amongPupils: LessonFigure
}

export interface Stretch {
  from: number
  to: number
  headUpRate: LessonFigure
  participation: LessonFigure
  response: LessonFigure
  interactionPerMinute: LessonFigure
  histogram: Histogram
  speech?: Spoken
  /** Not there in lessons from before it was measured. */
  teacher?: TeacherPlaces
}

export interface Segment extends Stretch {
  kind: SegmentKind
  confidence: number
  formula: string
  againstLessonMean: { headUpRate: number | null; participation: number | null; interactionPerMinute: number | null }
}

export interface Moment {
  from: number
  to: number
  score: number
  confidence: number
  zh: string
  en: string
  factors: readonly {
    factor: 'participation' | 'head-up' | 'interaction'
    value: number
    lessonMean: number
    weight: number
  }[]
}

/** A pupil's answer: standing, or seated after a raised hand. */
export interface Answer {
  from: number
  to: number
  stands: boolean
}

export interface LessonSnapshot {
  schema: string
  lessonId: string
  roomId: string
  roomName: string
  schoolId: string
  schoolName: string
  from: string
  to: string
  ended: boolean
  input: {
    durationSeconds: number
    intervalSeconds: number
    samples: number
    lowConfidence: boolean
    expected: number
    expectedFrom: 'roll' | 'usually-seen'
    minimumCoverage: number
    speakersBy: 'channels' | 'voices' | 'one-voice' | 'none' | null
  }
  notes: readonly { code: string; zh: string; en: string }[]
  tamper: readonly { kind: Tampering; from: number; to: number }[]
  lesson: Stretch
  /** `sequence`: T, S or - for silence, one letter an interval. */
  st: {
    intervalSeconds: number
    sequence: string
    rt: LessonFigure
    ch: LessonFigure
    mode: TeachingMode | null
  } | null
  segments: readonly Segment[]
  moments: { formula: string; best: readonly Moment[]; weakest: readonly Moment[] }
  windows: readonly Stretch[]
  /** Null where it is not known who speaks. */
  answers: { count: LessonFigure; all: readonly Answer[] } | null
  recordings: readonly { recordingId: string; from: number; to: number }[]
}

export interface LessonSummary {
  lessonId: string
  roomId: string
  roomName: string
  schoolId: string
  schoolName: string
  from: string
  to: string
  ended: boolean
  hasSound: boolean
}

/** How much is spoken in a room now; who speaks is told at the lesson's end. */
export interface SpokenNow {
  roomId: string
  formula: string
  windows: readonly {
    from: number
    to: number
    speech: number
    silence: number
    levelDbfs: number | null
    loudestDbfs: number | null
  }[]
}
