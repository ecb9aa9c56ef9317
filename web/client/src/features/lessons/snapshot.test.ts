import { describe, expect, it } from 'vitest'
import { clock, curveTimes, evidenceOf, recordingAt, sharesOf, teachingCurve, triangle } from './snapshot'
import { lessonSnapshot, stretch, lessonFigure } from './testLessons'

describe('the S-T curve', () => {
  it('goes up for the teacher, across for students, and stands still in silence', () => {
    expect(teachingCurve('TT-S', 30)).toEqual([
      [0, 0],
      [0, 0.5],
      [0, 1],
      [0.5, 1],
    ])
  })
  it('tells when each of its points was reached', () => {
    expect(curveTimes('TT-S', 30)).toEqual([0, 30, 60, 120])
  })
  it('is a point where nobody speaks', () => {
    expect(teachingCurve('---', 30)).toEqual([[0, 0]])
  })
})

it('no lesson can lie above the triangle: Ch is at most 2 min(Rt, 1 - Rt)', () => {
  for (const [rt, ch] of triangle) expect(ch).toBe(2 * Math.min(rt, 1 - rt))
})

describe('a window', () => {
  it('has no shares where too little was seen or too many people', () => {
    expect(sharesOf(stretch(0, 120))).not.toBeNull()
    expect(
      sharesOf(stretch(0, 120, { participation: lessonFigure({ value: null, state: 'not-enough-seen' }) })),
    ).toBeNull()
    expect(sharesOf(stretch(0, 120, { participation: lessonFigure({ value: null, state: 'data-fault' }) }))).toBeNull()
  })
})

describe('a moment', () => {
  const snapshot = lessonSnapshot()
  it('is found in the recording that has it', () => {
    expect(recordingAt(snapshot, 240)).toEqual({ recordingId: 'r1', at: 300 })
    expect(recordingAt(snapshot, 900)).toBeNull()
  })
  it('stands on the figure of its window', () => {
    expect(evidenceOf(snapshot, snapshot.moments.best[0])?.n).toBe(4200)
  })
})

it('tells times from the start of the lesson', () => {
  expect([clock(0), clock(65.4), clock(2700)]).toEqual(['0:00', '1:05', '45:00'])
})
