import { describe, expect, it } from 'vitest'
import { pose } from '@/live/testViews'
import { bodyOf, countBehaviours, joint } from './body'
import { demoClass } from './demoClass'

const shoulders = { [joint.leftShoulder]: [600, 500], [joint.rightShoulder]: [400, 500] } as Record<
  number,
  [number, number]
>

describe('bodyOf', () => {
  it('places joints in units of the frame height, so that circles stay round', () => {
    const body = bodyOf(pose({ ...shoulders, [joint.leftElbow]: [700, 600] }), 2)
    expect(body.arms).toEqual([
      [
        { x: 1.2, y: 0.5 },
        { x: 1.4, y: 0.6 },
      ],
    ])
  })

  it('draws no head where no part of a face was seen', () => {
    expect(bodyOf(pose(shoulders), 16 / 9).head).toBeNull()
  })

  it('sizes the head by the shoulders', () => {
    const head = bodyOf(pose({ ...shoulders, [joint.nose]: [500, 400] }), 1).head!
    expect(head.radius).toBeCloseTo(0.06)
    expect(head).toMatchObject({ x: 0.5, y: 0.4 })
  })

  it('sizes the head by the ears where the shoulders close up from the side', () => {
    const head = bodyOf(
      pose({
        [joint.leftEar]: [540, 400],
        [joint.rightEar]: [460, 400],
        [joint.leftShoulder]: [505, 500],
        [joint.rightShoulder]: [500, 500],
      }),
      1,
    ).head!
    expect(head.radius).toBeCloseTo(0.62 * 0.08)
  })

  it('does not take a shoulder found on a neighbour for the size of the head', () => {
    const face = { [joint.nose]: [500, 400], [joint.leftEye]: [510, 390], [joint.leftEar]: [525, 395] } as Record<
      number,
      [number, number]
    >
    const head = bodyOf(pose({ ...face, [joint.leftShoulder]: [900, 500], [joint.rightShoulder]: [450, 480] }), 1).head!
    expect(head.radius).toBeLessThan(0.04)
  })

  it('does not take an ear found on a neighbour for the size or the place of the head', () => {
    const face = { [joint.nose]: [500, 400], [joint.leftEye]: [508, 392], [joint.rightEye]: [492, 392] } as Record<
      number,
      [number, number]
    >
    const own = { ...face, ...shoulders, [joint.leftEar]: [520, 396] } as Record<number, [number, number]>
    const head = bodyOf(pose({ ...own, [joint.rightEar]: [390, 420] }), 1).head!
    expect(head.radius).toBeLessThan(0.05)
    expect(Math.abs(head.x - 0.5)).toBeLessThan(0.01)
    expect(bodyOf(pose({ ...own, [joint.rightEar]: [480, 396] }), 1).head).toMatchObject({ x: 0.5, y: 0.396 })
  })

  it('cuts an arm at its first missing joint instead of bridging it', () => {
    const body = bodyOf(pose({ ...shoulders, [joint.leftWrist]: [700, 700] }), 1)
    expect(body.arms).toEqual([])
  })

  it('marks the higher wrist of a raised hand, and none of a hand that is not', () => {
    const wrists = { ...shoulders, [joint.leftWrist]: [700, 200], [joint.rightWrist]: [300, 800] } as Record<
      number,
      [number, number]
    >
    expect(bodyOf(pose(wrists, 'handRaised'), 1).raised).toEqual({ x: 0.7, y: 0.2 })
    expect(bodyOf(pose(wrists, 'headUp'), 1).raised).toBeNull()
  })

  it('survives a pose that is cut short', () => {
    const body = bodyOf({ seat: 1, behaviour: 'headUp', confidence: 50, joints: [500, 400] }, 1)
    expect(body.head).not.toBeNull()
    expect(body.arms).toEqual([])
    expect(body.torso).toEqual([])
  })

  it('tells someone without a seat apart', () => {
    expect(bodyOf(pose({}, 'standing', -1), 1).seated).toBe(false)
    expect(bodyOf(pose({}, 'standing', 3), 1).seated).toBe(true)
  })
})

describe('countBehaviours', () => {
  it('counts each behaviour', () => {
    expect(countBehaviours([pose({}, 'headUp'), pose({}, 'headUp'), pose({}, 'standing')])).toEqual({
      handRaised: 0,
      standing: 1,
      headUp: 2,
      headDown: 0,
      headOnDesk: 0,
      unknown: 0,
    })
  })
})

describe('demoClass', () => {
  it('draws the same class every time, with everybody on the paper or off its sides only', () => {
    expect(demoClass(4)).toEqual(demoClass(4))
    for (const { joints } of demoClass(7)) {
      expect(joints).toHaveLength(26)
      for (let index = 1; index < joints.length; index += 2) expect(joints[index]).toBeGreaterThanOrEqual(0)
    }
  })
})
