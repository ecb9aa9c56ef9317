import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Outline } from '@/api/types'
import { i18n } from '@/app/i18n'
import AreaEditor from './AreaEditor.vue'

const pupils: Outline = [
  [0.1, 0.2],
  [0.9, 0.2],
  [0.9, 0.7],
  [0.1, 0.7],
]
const front: Outline = [
  [0.1, 0.8],
  [0.9, 0.8],
  [0.5, 1],
]

function editor() {
  const shown = mount(AreaEditor, {
    attachTo: document.body,
    props: {
      picture: null,
      aspect: 2,
      seats: [[0.5, 0.5, 0.04]],
      pupils,
      front,
      'onUpdate:pupils': (outline: Outline) => shown.setProps({ pupils: outline }),
      'onUpdate:front': (outline: Outline | null) => shown.setProps({ front: outline }),
    },
    global: { plugins: [i18n] },
  })
  return shown
}

describe('the editor of areas', () => {
  let shown: ReturnType<typeof editor>
  beforeEach(() => {
    // jsdom has neither layout nor pointers.
    SVGElement.prototype.setPointerCapture = () => {}
    SVGElement.prototype.getBoundingClientRect = () => ({ left: 100, top: 50, width: 500, height: 250 }) as DOMRect
    shown = editor()
  })
  afterEach(() => shown.unmount())

  const corner = (name: string, index: number) => shown.get(`[data-corner="${name}-${index}"]`)
  async function point(what: { element: Element }, type: string, clientX = 0, clientY = 0): Promise<void> {
    what.element.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX, clientY }))
    await nextTick()
    await nextTick()
  }
  const focused = () => document.activeElement?.getAttribute('data-corner')

  it('shows the seats and every corner with its place in words', () => {
    expect(shown.findAll('.seat')).toHaveLength(1)
    expect(shown.findAll('.corner')).toHaveLength(7)
    expect(corner('front', 0).attributes('aria-label')).toBe('讲台区，第 1 个顶点，共 3 个，横 10%，纵 80%')
    expect(corner('pupils', 2).attributes('tabindex')).toBe('0')
  })

  it('drags a corner, and no further than to the edge of the picture', async () => {
    await point(corner('pupils', 0), 'pointerdown')
    await point(shown.get('svg'), 'pointermove', 200, 175)
    expect(shown.props('pupils')[0]).toEqual([0.2, 0.5])
    await point(shown.get('svg'), 'pointermove', 0, 0)
    expect(shown.props('pupils')[0]).toEqual([0, 0])
    await point(shown.get('svg'), 'pointerup')
    await point(shown.get('svg'), 'pointermove', 300, 175)
    expect(shown.props('pupils')[0]).toEqual([0, 0])
    expect(shown.props('front')).toEqual(front)
  })

  it('adds a corner on an edge by the pointer and drags it at once', async () => {
    await point(shown.findAll('.pupils .add')[0], 'pointerdown')
    expect(shown.props('pupils')).toHaveLength(5)
    expect(shown.props('pupils')[1]).toEqual([0.5, 0.2])
    await point(shown.get('svg'), 'pointermove', 350, 75)
    expect(shown.props('pupils')[1]).toEqual([0.5, 0.1])
  })

  it('moves a corner by the arrow keys, in long steps with Shift', async () => {
    await corner('front', 1).trigger('keydown', { key: 'ArrowLeft' })
    expect(shown.props('front')![1]).toEqual([0.895, 0.8])
    await corner('front', 1).trigger('keydown', { key: 'ArrowUp', shiftKey: true })
    expect(shown.props('front')![1]).toEqual([0.895, 0.75])
  })

  it('adds by Enter and Insert, removes by Delete, and keeps the focus at hand', async () => {
    await corner('pupils', 3).trigger('keydown', { key: 'Enter' })
    await nextTick()
    expect(shown.props('pupils')[4]).toEqual([0.1, 0.45])
    expect(focused()).toBe('pupils-4')
    await corner('pupils', 0).trigger('keydown', { key: 'Insert' })
    expect(shown.props('pupils')).toHaveLength(6)

    await corner('pupils', 5).trigger('keydown', { key: 'Delete' })
    await nextTick()
    expect(shown.props('pupils')).toHaveLength(5)
    expect(focused()).toBe('pupils-4')
  })

  it('never leaves fewer than three corners', async () => {
    await corner('front', 0).trigger('keydown', { key: 'Delete' })
    expect(shown.props('front')).toEqual(front)
  })
})
