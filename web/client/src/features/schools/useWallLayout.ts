import { computed, onBeforeUnmount, onMounted, reactive, watch } from 'vue'
import { usePreferences } from '@/app/preferences'
import { wall } from '@/app/wall'
import { fitColumns } from '@/ui/grid'

/** How a school's tiles are laid out: on a wall as large as the screen allows, at a desk or in the hand in a size to read at. */
export function useWallLayout(tiles: () => number) {
  const preferences = usePreferences()
  const screen = reactive({ width: window.innerWidth, height: window.innerHeight })
  const measure = () => Object.assign(screen, { width: window.innerWidth, height: window.innerHeight })

  onMounted(() => window.addEventListener('resize', measure))
  onBeforeUnmount(() => window.removeEventListener('resize', measure))
  watch(wall, () => setTimeout(measure, 100))

  return computed(() => {
    if (!wall.value) {
      const narrowest = preferences.density === 'dense' ? 'min(12.5rem, 46%)' : 'min(18rem, 100%)'
      return { gridTemplateColumns: `repeat(auto-fill, minmax(${narrowest}, 1fr))` }
    }
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const gap = 0.6 * rem
    const width = screen.width - 2.4 * rem
    const height = screen.height - 7 * rem
    const words = 4.2 * rem
    const count = fitColumns(tiles(), width, height, (tile) => tile / 2.6 + words, gap, 8.5 * rem, 60 * rem)
    const tile = (width - gap * (count - 1)) / count
    const rows = Math.ceil(tiles() / count)
    const row = Math.min((height - gap * (rows - 1)) / rows, tile / 1.5 + words)
    return { gridTemplateColumns: `repeat(${count}, minmax(0, 1fr))`, gridAutoRows: `${Math.max(row, 8.5 * rem)}px` }
  })
}
