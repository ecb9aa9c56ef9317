import type { LessonFigure, LessonSnapshot, Moment, Stretch, TeacherPlaces } from '@/api/lessons'

/** Snapshots as the server sends them, for tests. */

export function lessonFigure(changes: Partial<LessonFigure> = {}): LessonFigure {
  return { value: 0.5, state: 'ok', n: 4200, coverage: 0.9, intervalSeconds: 1, formula: 'participation/1', ...changes }
}

export function stretch(from: number, to: number, changes: Partial<Stretch> = {}): Stretch {
  return {
    from,
    to,
    headUpRate: lessonFigure({ formula: 'head-up-rate/1' }),
    participation: lessonFigure(),
    response: lessonFigure({ formula: 'response/1' }),
    interactionPerMinute: lessonFigure({
      value: null,
      state: 'not-enough-seen',
      n: 0,
      coverage: 0,
      formula: 'turns/1',
    }),
    histogram: {
      known: 4200,
      people: 38,
      handRaised: 0.1,
      standing: 0.02,
      headUp: 0.6,
      headDown: 0.28,
      headOnDesk: 0,
      talkingToNeighbour: 0.05,
    },
    ...changes,
  }
}

/** Where a teacher was; null for what was not seen enough. */
export function teacherPlaces(shares: Partial<Record<keyof TeacherPlaces, number | null>> = {}): TeacherPlaces {
  const share = (value: number | null) =>
    lessonFigure({
      value,
      state: value === null ? 'not-enough-seen' : 'ok',
      n: 1500,
      coverage: value === null ? 0.1 : 0.7,
      formula: 'teacher-places/1',
    })
  const { front = 0.6, atBoard = 0.1, amongPupils = 0.3 } = shares
  return { front: share(front), atBoard: share(atBoard), amongPupils: share(amongPupils) }
}

const moment: Moment = {
  from: 240,
  to: 360,
  score: 1.8,
  confidence: 0.9,
  zh: '4:00–6:00 全班比本课平时更投入。',
  en: '4:00-6:00: the class was more with the lesson than usual.',
  factors: [{ factor: 'participation', value: 0.6, lessonMean: 0.4, weight: 1.8 }],
}

export function lessonSnapshot(changes: Partial<LessonSnapshot> = {}): LessonSnapshot {
  return {
    schema: 'xunke-snapshot/1',
    lessonId: 'l1',
    roomId: 's01-101',
    roomName: '一年级1班',
    schoolId: 's01',
    schoolName: '第一小学',
    from: '2026-03-02T08:00:00Z',
    to: '2026-03-02T08:40:00Z',
    ended: true,
    planned: null,
    input: {
      durationSeconds: 2400,
      intervalSeconds: 1,
      samples: 2400,
      lowConfidence: false,
      expected: 40,
      expectedFrom: 'roll',
      minimumCoverage: 0.3,
      speakersBy: null,
    },
    notes: [],
    tamper: [],
    lesson: stretch(0, 2400),
    st: null,
    segments: [
      {
        ...stretch(0, 2400),
        kind: 'teacher-talk',
        zh: '教师讲授',
        en: 'Teacher talk',
        confidence: 0.6,
        formula: 'segments/1',
        againstLessonMean: { headUpRate: 0, participation: 0, interactionPerMinute: null },
      },
    ],
    moments: { formula: 'moments/1', best: [moment], weakest: [] },
    windows: Array.from({ length: 20 }, (_, index) => stretch(120 * index, 120 * (index + 1))),
    answers: null,
    recordings: [{ recordingId: 'r1', from: -60, to: 800 }],
    stills: [{ number: 1, at: 305 }],
    ...changes,
  }
}
