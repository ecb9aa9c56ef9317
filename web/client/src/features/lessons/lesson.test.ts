import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/app/i18n'
import { openProvenance } from '@/ui/provenance'
import AnswerBand from './AnswerBand.vue'
import LessonTimeline from './LessonTimeline.vue'
import MomentList from './MomentList.vue'
import TeacherBand from './TeacherBand.vue'
import { lessonFigure, lessonSnapshot, stretch, teacherPlaces } from './testLessons'

const global = { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } }

describe('the moments of a lesson', () => {
  const snapshot = lessonSnapshot()
  const list = (moments = snapshot.moments.best, shown = snapshot) =>
    mount(MomentList, { props: { snapshot: shown, title: '', moments, tone: 'best' }, global })

  it('open to their formula, count and coverage', async () => {
    const shown = list()
    await shown.get('.acts button').trigger('click')
    const rows = openProvenance.value!.read().rows.map((row) => `${row.name} ${row.value}`)
    expect(rows).toContain('样本数 n 4200')
    expect(rows).toContain('覆盖率 90%')
    expect(rows).toContain('公式版本 moments/1')
  })

  it('lead into the recording where there is one, and nowhere where there is none', () => {
    expect(list().getComponent(RouterLinkStub).props('to')).toBe('/recordings/r1?at=300')
    expect(
      list(undefined, lessonSnapshot({ recordings: [] }))
        .findComponent(RouterLinkStub)
        .exists(),
    ).toBe(false)
  })

  it('say that there are none in an even lesson', () => {
    expect(list([]).text()).toContain('没有明显高于或低于平均的时刻')
  })
})

describe('the course of a lesson', () => {
  const timeline = (changes: Parameters<typeof lessonSnapshot>[0] = {}) =>
    mount(LessonTimeline, { props: { snapshot: lessonSnapshot(changes) }, global })
  const opened = () => openProvenance.value!.read()

  it('names each segment and tells when the view was disturbed', () => {
    const shown = timeline({ tamper: [{ kind: 'covered', from: 300, to: 420 }] })
    expect(shown.text()).toContain('教师讲授')
    expect(shown.text()).toContain('5:00–7:00 被遮挡')
  })

  it('tells where the teacher was, of the lesson and of each window, with what that stands on', async () => {
    const shown = timeline({
      lesson: stretch(0, 2400, { teacher: teacherPlaces() }),
      windows: [stretch(0, 120, { teacher: teacherPlaces({ front: 1, atBoard: 0, amongPupils: 0 }) })],
    })
    const [front] = shown.findAll('.keys button')
    expect(front.text()).toBe('讲台前 60%')
    await front.trigger('click')
    const rows = opened().rows.map((row) => `${row.name} ${row.value}`)
    expect(rows).toEqual(['样本数 n 1500', '覆盖率 70%', '取样间隔 1 秒', '公式版本 teacher-places/1'])

    await shown.getComponent(TeacherBand).get('button').trigger('click')
    expect(
      opened()
        .rows.slice(0, 3)
        .map((row) => `${row.name} ${row.value}`),
    ).toEqual(['讲台前 100%', '板书 0%', '学生中间 0%'])
  })

  it('gives no share where the teacher was hardly seen, and none where the place was not measured', () => {
    const hidden = teacherPlaces({ front: null, atBoard: null, amongPupils: null })
    const seldom = timeline({
      lesson: stretch(0, 2400, { teacher: hidden }),
      windows: [stretch(0, 120, { teacher: hidden })],
    })
    expect(seldom.findAll('.keys button').map((key) => key.text())).toEqual([
      '讲台前 看到不足',
      '板书 看到不足',
      '学生中间 看到不足',
    ])
    expect(seldom.getComponent(TeacherBand).get('button').classes()).toContain('blank')
    expect(timeline().text()).toContain('未测量')
  })

  it('marks each answer, standing or seated, and leads into the recording', async () => {
    const count = lessonFigure({ value: 2, n: 5, formula: 'answer/2' })
    const shown = timeline({
      answers: {
        count,
        all: [
          { from: 120, to: 126, stands: true },
          { from: 1000, to: 1003.5, stands: false },
        ],
      },
    })
    const [standing, seated] = shown.getComponent(AnswerBand).findAll('button')
    expect([standing.attributes('aria-label'), seated.attributes('aria-label')]).toEqual([
      '2:00 起立应答',
      '16:40 举手后坐着应答',
    ])
    await standing.trigger('click')
    expect(opened().link?.to).toBe('/recordings/r1?at=180')
    await seated.trigger('click')
    expect(opened()).toMatchObject({ value: '16:40–16:44', link: undefined })
  })

  it('says that answers are not known where nobody could be told apart', () => {
    expect(timeline().text()).toContain('不知道有没有应答')
  })
})
