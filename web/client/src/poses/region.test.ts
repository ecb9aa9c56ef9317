import { expect, it } from 'vitest'
import { pose } from '@/live/testViews'
import { bodyOf, joint } from './body'
import { boundsOf, follow, place } from './region'

const aspect = 16 / 9
const size = (region: { left: number; right: number; top: number; bottom: number }) => ({
  width: region.right - region.left,
  height: region.bottom - region.top,
})

it('has no bounds for an empty room and then shows the whole frame', () => {
  expect(boundsOf([])).toBeNull()
  expect(follow(null, null, aspect)).toEqual({ left: 0, top: 0, right: aspect, bottom: 1 })
})

it('reaches around every joint that was seen', () => {
  const bounds = boundsOf([
    bodyOf(
      pose({ [joint.leftShoulder]: [200, 300], [joint.rightShoulder]: [100, 320], [joint.leftHip]: [180, 700] }),
      1,
    ),
  ])
  expect(bounds).toEqual({ left: 0.1, top: 0.3, right: 0.2, bottom: 0.7 })
})

it('stays inside the frame', () => {
  const region = follow(null, { left: 0, top: 0.9, right: 0.9, bottom: 1 }, aspect)
  expect(region.left).toBe(0)
  expect(region.bottom).toBe(1)
  expect(region.top).toBeCloseTo(0.6)
})

it('does not magnify a few people without limit', () => {
  const { width, height } = size(follow(null, { left: 0.5, top: 0.5, right: 0.52, bottom: 0.52 }, aspect))
  expect(height).toBeCloseTo(0.4)
  expect(width).toBeCloseTo(0.4 * aspect)
})

it('fills a canvas with the region, whole, centred and undistorted', () => {
  const region = { left: 0.5, top: 0.25, right: 1.5, bottom: 0.75 }
  expect(place(region, 400, 300)).toEqual({ scale: 400, left: -200, top: -50 })
  expect(place(region, 800, 200)).toEqual({ scale: 400, left: 0, top: -100 })
})

it('opens at once for somebody at the edge and closes slowly', () => {
  const narrow = follow(null, { left: 0.6, top: 0.4, right: 1.1, bottom: 0.6 }, aspect)
  const wide = follow(narrow, { left: 0.02, top: 0.1, right: 1.7, bottom: 0.95 }, aspect)
  expect(wide.left).toBe(0)
  const closing = follow(wide, { left: 0.6, top: 0.4, right: 1.1, bottom: 0.6 }, aspect)
  expect(size(closing).width).toBeGreaterThan(0.9 * size(wide).width)
  expect(size(closing).width).toBeLessThan(size(wide).width)
})
