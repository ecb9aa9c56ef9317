import { expect, it, vi } from 'vitest'
import { FrameQueue } from './frames'

it('draws a canvas once a frame however often it is marked, and asks for no frame while nothing changes', () => {
  let frame: (() => void) | null = null
  const ask = vi.fn((run: () => void) => (frame = run))
  const queue = new FrameQueue(ask)
  const first = vi.fn()
  const second = vi.fn()
  queue.mark(first)
  queue.mark(first)
  queue.mark(second)
  expect(ask).toHaveBeenCalledOnce()
  frame!()
  expect(first).toHaveBeenCalledOnce()
  expect(second).toHaveBeenCalledOnce()
  expect(ask).toHaveBeenCalledOnce()
})

it('does not draw what has gone before its frame', () => {
  let frame: (() => void) | null = null
  const queue = new FrameQueue((run) => (frame = run))
  const gone = vi.fn()
  queue.mark(gone)
  queue.forget(gone)
  frame!()
  expect(gone).not.toHaveBeenCalled()
})
