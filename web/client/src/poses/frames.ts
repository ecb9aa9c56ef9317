/**
 * One animation frame for every canvas of the page: a canvas is drawn once however often it is marked, and only when
 * something changed. Nothing runs while nothing changes.
 */
export class FrameQueue {
  private readonly waiting = new Set<() => void>()
  private scheduled = false

  constructor(private readonly nextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run)) {}

  mark(draw: () => void): void {
    this.waiting.add(draw)
    if (this.scheduled) return
    this.scheduled = true
    this.nextFrame(() => {
      this.scheduled = false
      const due = [...this.waiting]
      this.waiting.clear()
      for (const draw of due) draw()
    })
  }

  forget(draw: () => void): void {
    this.waiting.delete(draw)
  }
}

export const frames = new FrameQueue()

type Seen = (visible: boolean) => void
const listeners = new WeakMap<Element, Seen>()
let observer: IntersectionObserver | null = null

/** Tells when an element comes near the window or leaves it; one observer serves all tiles. */
export function watchVisibility(element: Element, seen: Seen): () => void {
  observer ??= new IntersectionObserver(
    (entries) => entries.forEach((entry) => listeners.get(entry.target)?.(entry.isIntersecting)),
    { rootMargin: '120px' },
  )
  listeners.set(element, seen)
  observer.observe(element)
  return () => {
    observer?.unobserve(element)
    listeners.delete(element)
  }
}
