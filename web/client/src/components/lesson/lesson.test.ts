import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { openProvenance } from '@/app/provenance'
import { i18n } from '@/i18n'
import { lessonSnapshot } from '@/testing/lessons'
import MomentList from './MomentList.vue'
import SegmentBand from './SegmentBand.vue'

const global = { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } }

describe('the moments of a lesson', () => {
  const snapshot = lessonSnapshot()
  const list = (moments = snapshot.moments.best, shown = snapshot) =>
    mount(MomentList, { props: { snapshot: shown, title: '', moments, tone: 'best' }, global })

  it('open to their formula, count and coverage', async () => {
    const shown = list()
    await shown.get('button').trigger('click')
    const rows = openProvenance.value!.read().rows.map((row) => `${row.name} ${row.value}`)
    expect(rows).toContain('样本数 n 4200')
    expect(rows).toContain('覆盖率 90%')
    expect(rows).toContain('公式版本 moments/1')
  })

  it('lead into the recording where there is one, and nowhere where there is none', () => {
    expect(list().getComponent(RouterLinkStub).props('to')).toBe('/recordings/r1?at=300')
    expect(list(undefined, lessonSnapshot({ recordings: [] })).findComponent(RouterLinkStub).exists()).toBe(false)
  })

  it('say that there are none in an even lesson', () => {
    expect(list([]).text()).toContain('没有明显高于或低于平均的时刻')
  })
})

describe('the band of segments', () => {
  it('names each segment and tells when the view was disturbed', () => {
    const shown = mount(SegmentBand, { props: { snapshot: lessonSnapshot({ tamper: [{ kind: 'covered', from: 300, to: 420 }] }) }, global })
    expect(shown.text()).toContain('教师讲授')
    expect(shown.text()).toContain('5:00–7:00 被遮挡')
  })
})
