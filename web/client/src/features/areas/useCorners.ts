import { computed, ref, type Ref } from 'vue'
import type { Corner, Outline } from '@/api/types'
import { inserted, mostCorners, moved, removed } from './polygon'

export type AreaName = 'pupils' | 'front'

const steps: Record<string, Corner> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * Edits the corners of a room's two outlines.
 *
 * @param focus puts the keyboard's focus on a corner
 */
export function useCorners(
  pupils: Ref<Outline>,
  front: Ref<Outline | null>,
  focus: (name: AreaName, index: number) => Promise<void>,
) {
  /** The corner that had the focus last: what buttons act on. */
  const chosen = ref<{ name: AreaName; index: number } | null>(null)

  /** How many corners the chosen one's area has; 0 while none is chosen. */
  const corners = computed(() => {
    const one = chosen.value
    const outline = one && (one.name === 'pupils' ? pupils.value : front.value)
    return outline && one.index < outline.length ? outline.length : 0
  })

  function of(name: AreaName): Outline {
    return name === 'pupils' ? pupils.value : front.value!
  }
  function set(name: AreaName, outline: Outline): void {
    if (name === 'pupils') pupils.value = outline
    else front.value = outline
  }

  /** Puts a corner behind this one, without the focus. */
  function insert(name: AreaName, index: number): boolean {
    if (of(name).length >= mostCorners) return false
    set(name, inserted(of(name), index))
    return true
  }
  async function add(name: AreaName, index: number): Promise<void> {
    if (insert(name, index)) await focus(name, index + 1)
  }
  async function remove(name: AreaName, index: number): Promise<void> {
    const outline = removed(of(name), index)
    set(name, outline)
    await focus(name, Math.min(index, outline.length - 1))
  }
  function move(name: AreaName, index: number, x: number, y: number): void {
    set(name, moved(of(name), index, x, y))
  }

  function onKey(event: KeyboardEvent, name: AreaName, index: number): void {
    const step = steps[event.key]
    if (step) {
      const [x, y] = of(name)[index]
      const far = event.shiftKey ? 0.05 : 0.005
      move(name, index, x + step[0] * far, y + step[1] * far)
    } else if (event.key === 'Delete' || event.key === 'Backspace') void remove(name, index)
    else if (event.key === 'Enter' || event.key === 'Insert') void add(name, index)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return { chosen, corners, insert, add, remove, move, onKey }
}
