/** The parts of a lesson's snapshot, as docs/analyse.md describes it. Times are seconds from the lesson's start. */
import type * as S from './schema'

export type {
  ComparedFigure,
  LessonComparison,
  LessonSeats,
  LessonSnapshot,
  LessonSummary,
  RoomLesson,
  SpokenNow,
} from './schema'

/** `value` is null unless `state` is "ok". */
export type LessonFigure = S.ReportFigure
export type FigureState = LessonFigure['state']
export type Stretch = S.ReportStretch
/** Shares of known pupil-samples. */
export type Histogram = S.ReportBehaviourHistogram
export type Spoken = S.ReportSpeech
/** Shares of the looks that told where the teacher was. Not there in lessons from before it was measured. */
export type TeacherPlaces = S.ReportTeacherPlaces
export type Segment = S.ReportSegment
export type SegmentKind = Segment['kind']
export type TeachingMode = NonNullable<S.ReportSequence['mode']>
export type Moment = S.ReportMoment
/** A picture in which nobody can be recognised, and when it was taken. */
export type MomentStill = S.ReportPlacedStill
/** A pupil's answer: standing, or seated after a raised hand. */
export type Answer = S.ReportSnapshotAnswer
