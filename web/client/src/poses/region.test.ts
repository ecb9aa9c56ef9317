import { expect, it } from 'vitest'
import { pose } from '@/testing/views'
import { bodyOf, joint } from './body'
import { boundsOf, follow } from './region'

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
  const bounds = boundsOf([bodyOf(pose({ [joint.leftShoulder]: [200, 300], [joint.rightShoulder]: [100, 320], [joint.leftHip]: [180, 700] }), 1)])
  expect(bounds).toEqual({ left: 0.1, top: 0.3, right: 0.2, bottom: 0.7 })
})

it('keeps the aspect of the frame and stays inside it', () => {
  const region = follow(null, { left: 0, top: 0.5, right: 0.9, bottom: 0.7 }, aspect)
  const { width, height } = size(region)
  expect(width / height).toBeCloseTo(aspect)
  expect(region.left).toBeGreaterThanOrEqual(0)
  expect(region.bottom).toBeLessThanOrEqual(1)
})

it('does not magnify a few people without limit', () => {
  expect(size(follow(null, { left: 0.5, top: 0.5, right: 0.52, bottom: 0.52 }, aspect)).height).toBeCloseTo(0.4)
})

it('opens at once for somebody at the edge and closes slowly', () => {
  const narrow = follow(null, { left: 0.6, top: 0.4, right: 1.1, bottom: 0.6 }, aspect)
  const wide = follow(narrow, { left: 0.02, top: 0.1, right: 1.7, bottom: 0.95 }, aspect)
  expect(wide.left).toBe(0)
  const closing = follow(wide, { left: 0.6, top: 0.4, right: 1.1, bottom: 0.6 }, aspect)
  expect(size(closing).width).toBeGreaterThan(0.9 * size(wide).width)
  expect(size(closing).width).toBeLessThan(size(wide).width)
})
