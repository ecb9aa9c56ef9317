import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { frames, watchVisibility } from './frames'

type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

/**
 * Keeps a canvas as sharp as the screen and draws it on demand, in CSS pixels. Returns the function that marks it for
 * drawing; off screen it only remembers that it should.
 */
export function useCanvas(canvas: Ref<HTMLCanvasElement | null>, draw: Draw): () => void {
  let visible = false
  let due = false
  let width = 0
  let height = 0
  let release: (() => void)[] = []

  const paint = () => {
    const element = canvas.value
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    due = false
    const ratio = Math.min(window.devicePixelRatio || 1, 2)
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)]
    if (element.width !== pixels[0] || element.height !== pixels[1])
      [element.width, element.height] = pixels as [number, number]
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    draw(context, width, height)
  }
  const mark = () => {
    due = true
    if (visible) frames.mark(paint)
  }

  onMounted(() => {
    const element = canvas.value!
    const resize = new ResizeObserver(([entry]) => {
      width = entry.contentRect.width
      height = entry.contentRect.height
      mark()
    })
    resize.observe(element)
    const unwatch = watchVisibility(element, (now) => {
      visible = now
      if (visible && due) frames.mark(paint)
    })
    release = [() => resize.disconnect(), unwatch]
  })
  onBeforeUnmount(() => {
    release.forEach((end) => end())
    frames.forget(paint)
  })
  return mark
}
