import { afterEach, expect, it, vi } from 'vitest'
import { ApiError, request, whenUnauthorised } from './http'

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(body, { status, headers })),
  )
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as ApiError,
  )

afterEach(() => {
  vi.unstubAllGlobals()
  whenUnauthorised(() => {})
})

it('reads the code, the reason and the wait of a refusal', async () => {
  answer(423, JSON.stringify({ code: 'locked-out', detail: '已锁定', retryAfterSeconds: 300 }))
  expect(await failure(request('POST', '/api/session'))).toMatchObject({
    status: 423,
    code: 'locked-out',
    detail: '已锁定',
    retryAfterSeconds: 300,
  })
})

it('makes do with the status where a proxy answers in HTML', async () => {
  answer(502, '<html>Bad gateway</html>')
  expect(await failure(request('GET', '/api/schools'))).toMatchObject({ status: 502, code: 'server-fault' })
})

it('says that the server is unreachable instead of leaking the network error', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Promise.reject(new TypeError('Failed to fetch'))),
  )
  expect(await failure(request('GET', '/api/schools'))).toMatchObject({ status: 0, code: 'unreachable' })
})

it('reports an ended session, except to the sign-in form', async () => {
  const ended = vi.fn()
  whenUnauthorised(ended)
  answer(401, JSON.stringify({ code: 'unauthenticated' }))
  await failure(request('GET', '/api/schools'))
  expect(ended).toHaveBeenCalledOnce()
  await failure(request('POST', '/api/session', { expectUnauthorised: true }))
  expect(ended).toHaveBeenCalledOnce()
})

it('expects no body of a 204', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(null, { status: 204 })),
  )
  expect(await request('DELETE', '/api/session')).toBeUndefined()
})
