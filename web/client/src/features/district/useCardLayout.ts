import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'
import { wall } from '@/app/wall'
import { fitColumns } from '@/ui/grid'

/**
 * All schools on one screen where they fit: cards as large as that allows, and never smaller than can be read.
 *
 * @param above what stands above the cards; when it changes, so does the room that is left
 */
export function useCardLayout(cards: Ref<HTMLElement | null>, count: () => number, above: () => number) {
  const layout = shallowRef({})

  function fit(): void {
    const box = cards.value?.getBoundingClientRect()
    if (!box) return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const gap = 0.55 * rem
    const height = window.innerHeight - (box.top + window.scrollY) - 1.1 * rem
    const finger = window.matchMedia('(pointer: coarse), (max-width: 800px)').matches
    const low = 5.3 * rem
    const all = Math.max(count(), 1)
    const narrowest = Math.min(14 * rem, (box.width - gap) / 2)
    const columns = fitColumns(all, box.width, height, (tile) => Math.max(low, tile / 2.5), gap, narrowest, 25 * rem)
    const tile = (box.width - gap * (columns - 1)) / columns
    const rows = Math.ceil(all / columns)
    const row = Math.max(low, Math.min(tile / 1.9, (height - gap * (rows - 1)) / rows))
    // In the hand the page scrolls anyway: a row is as high as what it has to show and to touch.
    layout.value = {
      gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      gridAutoRows: finger ? 'auto' : `${Math.floor(row)}px`,
    }
  }

  const resize = new ResizeObserver(fit)
  watch(cards, (now, before) => {
    if (before) resize.unobserve(before)
    if (now) resize.observe(now)
  })
  watch([count, wall, above], () => requestAnimationFrame(fit), { flush: 'post' })
  onBeforeUnmount(() => resize.disconnect())
  return layout
}
