import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How a drawing of `width` units is shown: what one pixel of the screen is in its units, and whether fingers draw on it. */
export function usePixel(stage: Ref<SVGSVGElement | null>, width: number) {
  const pixel = ref(1)
  const byFinger = ref(false)
  function measure(): void {
    const shown = stage.value?.getBoundingClientRect().width ?? 0
    pixel.value = shown > 0 ? width / shown : 1
    byFinger.value = window.matchMedia?.('(pointer: coarse), (max-width: 800px)').matches ?? false
  }
  onMounted(() => {
    measure()
    window.addEventListener('resize', measure)
  })
  onBeforeUnmount(() => window.removeEventListener('resize', measure))
  return { pixel, byFinger }
}
