import { mount, RouterLinkStub } from '@vue/test-utils'
import { ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/app/i18n'
import type { ReviewInHand } from '@/features/reviews/useReview'
import { openProvenance } from '@/ui/provenance'
import LessonFigures from './LessonFigures.vue'
import LessonSeatMap from './LessonSeatMap.vue'
import { figureAt, figures } from './figures'
import { around } from './moment'
import { lessonSnapshot } from './testLessons'

const global = { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } }

describe('the half minute around a moment', () => {
  it('lies within the lesson', () => {
    expect(around(600, 2400)).toEqual({ from: 585, to: 615 })
    expect(around(3, 2400)).toEqual({ from: 0, to: 30 })
    expect(around(2399, 2400)).toEqual({ from: 2370, to: 2400 })
    expect(around(5, 20)).toEqual({ from: 0, to: 20 })
  })
})

describe('the seat map of a lesson', () => {
  const seat = (x: number, handRaised: number, usual: 'headUp' | 'handRaised' | null) => ({
    x,
    y: 0.5,
    n: 10,
    handRaised,
    usual,
  })
  const shown = (moment: boolean) =>
    mount(LessonSeatMap, {
      props: {
        moment,
        seats: {
          from: 0,
          to: 30,
          samples: 10,
          coverage: 1,
          formula: 'seat-behaviour/1',
          seats: [seat(0.2, 0.4, 'handRaised'), seat(0.5, 0.2, 'headUp'), seat(0.8, 0, null)],
        },
      },
      global,
    })

  it('is the stronger coloured the more hands were raised', () => {
    const strengths = shown(false)
      .findAll('circle:not(.seat)')
      .map((one) => Number(one.attributes('fill-opacity')))
    expect(strengths).toEqual([1, 0.5, 0])
    expect(shown(false).attributes('aria-label')).toContain('3 个座位，其中 2 个举手')
  })

  it('tells in a moment what each seat did, and does not guess', () => {
    expect(
      shown(true)
        .findAll('title')
        .map((one) => one.text()),
    ).toEqual(['举手', '抬头', '看不清'])
  })
})

describe('the figures of a lesson', () => {
  const hand = (isTeacher: boolean, objected: boolean) => {
    const objection = { text: '在写练习', outcome: 'accepted', answer: '同意', answeredName: '王敏' }
    return {
      review: ref({ isTeacher }),
      objections: ref(new Map(objected ? [['lesson.headUpRate', [objection]]] : [])),
      busy: ref(false),
    } as unknown as ReviewInHand
  }
  const tiles = (isTeacher: boolean, objected = false) =>
    mount(LessonFigures, { props: { snapshot: lessonSnapshot(), hand: hand(isTeacher, objected) }, global })
  const open = async (shown: ReturnType<typeof tiles>) => {
    openProvenance.value = null
    await shown.findAll('.figure')[1].trigger('click')
    return openProvenance.value!.read()
  }

  it('can be objected to by the teacher alone', async () => {
    expect((await open(tiles(true))).act?.text).toBe('对这个数字有异议')
    expect((await open(tiles(false))).act).toBeUndefined()
  })

  it('have both sides’ words beside them', async () => {
    const shown = tiles(false, true)
    expect(shown.findAll('.figure')[1].text()).toContain('有异议')
    expect((await open(shown)).words).toEqual([
      { by: '任课教师', text: '在写练习' },
      { by: '王敏', text: '异议成立，此数字不作依据 同意' },
    ])
  })

  it('are found by their places, and are nothing where nothing was measured', () => {
    const snapshot = lessonSnapshot()
    expect(figureAt(snapshot, 'lesson.headUpRate')?.formula).toBe('head-up-rate/1')
    expect(figureAt(snapshot, 'lesson.speech.teacherTalk')).toBeNull()
    expect(new Set(figures.map(({ place }) => place)).size).toBe(figures.length)
  })
})
