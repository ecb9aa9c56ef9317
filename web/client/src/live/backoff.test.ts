import { expect, it } from 'vitest'
import { backoff } from './backoff'
import { ServerClock } from './clock'

it('doubles its waits up to the ceiling and stays there', () => {
  const waits = [0, 1, 2, 3, 4, 50, 5000].map((attempt) => backoff(attempt, 5000, () => 1))
  expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000, 5000])
})

it('spreads its waits so that browsers do not return in step', () => {
  expect(backoff(4, 5000, () => 0)).toBe(3750)
})

it('takes the server clock from the answer that came soonest', () => {
  const clock = new ServerClock()
  clock.observe(1_000_000, 1_300_900)
  clock.observe(1_001_000, 1_301_020)
  clock.observe(1_002_000, 1_302_500)
  expect(clock.now(1_303_020)).toBe(1_003_000)
})

it('follows a local clock that has been set', () => {
  const clock = new ServerClock()
  clock.observe(1_000_000, 1_000_010)
  clock.observe(1_001_000, 4_601_010)
  expect(clock.now(4_602_010)).toBe(1_002_000)
})
