import { effectScope } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { live } from './hub'
import { useFresh } from './useFresh'

type Followed = Parameters<typeof live.follow>[2]

let followed: Followed
const leave = vi.fn()
vi.mock('./hub', () => ({ live: { status: { value: 'connected' }, follow: vi.fn() } }))

beforeEach(() => {
  leave.mockReset()
  vi.mocked(live).follow.mockImplementation((_topic, _scope, watcher) => {
    followed = watcher
    return leave
  })
  live.status.value = 'connected'
})

it('loads when it is followed, when it has changed, and when the hub is back', async () => {
  const load = vi.fn(() => Promise.resolve())
  const scope = effectScope()
  scope.run(() => useFresh('clock', () => '', load))
  expect(load).not.toHaveBeenCalled()
  followed.snapshot()
  await Promise.resolve()
  followed.push()
  await Promise.resolve()
  expect(load).toHaveBeenCalledTimes(2)
  scope.stop()
  expect(leave).toHaveBeenCalledOnce()
})

it('does not wait for a hub that is away', () => {
  live.status.value = 'reconnecting'
  const load = vi.fn(() => Promise.resolve())
  effectScope().run(() => useFresh('clock', () => '', load))
  expect(load).toHaveBeenCalledOnce()
})

it('makes many changes during a load one more load', async () => {
  let done = () => {}
  const load = vi.fn(() => new Promise<void>((resolve) => (done = resolve)))
  effectScope().run(() => useFresh('recording', () => 's01-301', load))
  followed.snapshot()
  for (let change = 0; change < 5; change++) followed.push()
  expect(load).toHaveBeenCalledOnce()
  done()
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2))
  done()
  await Promise.resolve()
  expect(load).toHaveBeenCalledTimes(2)
})
