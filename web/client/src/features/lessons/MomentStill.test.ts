import { mount } from '@vue/test-utils'
import { defineComponent, h, type Ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/app/i18n'
import MomentStill from './MomentStill.vue'
import { provideMoment } from './moment'
import { stillOf, stillSource } from './snapshot'
import { lessonSnapshot } from './testLessons'

const moment = lessonSnapshot().moments.best[0]

function show(snapshot = lessonSnapshot()) {
  let at: Readonly<Ref<number | null>> | undefined
  const Page = defineComponent({
    setup() {
      at = provideMoment(() => 2400).at
      return () => h(MomentStill, { snapshot, moment })
    },
  })
  return { shown: mount(Page, { global: { plugins: [i18n] } }), at: at! }
}

describe('the still of a moment', () => {
  it('is the one that was taken within it', () => {
    const snapshot = lessonSnapshot({
      stills: [
        { number: 1, at: 239.9 },
        { number: 2, at: 240 },
        { number: 3, at: 360 },
      ],
    })
    expect(stillOf(snapshot, moment)?.number).toBe(2)
    expect(stillSource(snapshot, snapshot.stills[1])).toBe('/api/lessons/l1/stills/2')
    expect(stillOf(lessonSnapshot({ stills: [] }), moment)).toBeNull()
  })

  it('says what it is, and leads every chart to its moment', async () => {
    const { shown, at } = show()
    const picture = shown.get('img')
    expect(picture.attributes('src')).toBe('/api/lessons/l1/stills/1')
    expect(picture.attributes('alt')).toContain('5:05')
    expect(picture.attributes('alt')).toContain('马赛克')

    await shown.get('button').trigger('click')
    expect(at.value).toBe(300)
  })

  it('says so where there is none, and where it cannot be shown', async () => {
    expect(show(lessonSnapshot({ stills: [] })).shown.text()).toBe('没有画面')

    const { shown } = show()
    await shown.get('img').trigger('error')
    expect(shown.find('img').exists()).toBe(false)
    expect(shown.text()).toBe('画面已删除或无法显示')
  })
})
