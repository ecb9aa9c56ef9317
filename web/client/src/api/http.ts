import { shallowRef } from 'vue'

/** What went wrong with a request. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly retryAfterSeconds: number | null = null,
    /** What else the answer says, by the names that it has there. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail || code)
    this.name = 'ApiError'
  }
}

interface Problem extends Record<string, unknown> {
  code?: string
  detail?: string
  title?: string
  retryAfterSeconds?: number
}

const fallbackCodes: Record<number, string> = {
  400: 'bad-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  423: 'locked-out',
  429: 'too-many-requests',
  503: 'unavailable',
}

/** Reads a failed response, problem+json or not, into an {@link ApiError}. */
export async function readProblem(response: Response): Promise<ApiError> {
  // A proxy's HTML page or an empty body: then the status says all there is.
  const problem = await response.json().then(
    (body: Problem) => body,
    (): Problem => ({}),
  )
  const header = Number(response.headers.get('Retry-After'))
  const retryAfter = problem.retryAfterSeconds ?? (Number.isFinite(header) && header > 0 ? header : null)
  return new ApiError(
    response.status,
    problem.code ?? fallbackCodes[response.status] ?? (response.status >= 500 ? 'server-fault' : 'bad-request'),
    problem.detail ?? problem.title ?? '',
    retryAfter,
    problem,
  )
}

type UnauthorisedListener = () => void
let onUnauthorised: UnauthorisedListener = () => {}
let onServerDate: (milliseconds: number) => void = () => {}

/** Called whenever the server no longer knows this session, except while signing in. */
export function whenUnauthorised(listener: UnauthorisedListener): void {
  onUnauthorised = listener
}

/** Called with the server's clock as each answer carries it. */
export function whenServerDate(listener: (milliseconds: number) => void): void {
  onServerDate = listener
}

/** Whether the last request had an answer at all. */
export const reachable = shallowRef(true)

/** A Word document. */
export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

interface RequestOptions {
  body?: unknown
  /** Sent as it is, in place of a body. */
  file?: Blob | FormData
  signal?: AbortSignal
  /** Lets a 401 pass to the caller without ending the session: the sign-in form, and the first look for a session. */
  expectUnauthorised?: boolean
  /** Called with the headers of an answer that is no failure. */
  onHeaders?: (headers: Headers) => void
}

/** One JSON request; throws {@link ApiError} for every failure, an unreachable server included. */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, 'application/json', options)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** A picture or another file; fails as {@link request} does. */
export async function requestFile(path: string, type: string, options: RequestOptions = {}): Promise<Blob> {
  return (await send('GET', path, type, options)).blob()
}

async function send(method: string, path: string, accept: string, options: RequestOptions): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: accept,
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        // A form says its own type, with what stands between its parts.
        ...(options.file && !(options.file instanceof FormData) ? { 'Content-Type': 'application/octet-stream' } : {}),
      },
      body: options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    reachable.value = false
    throw new ApiError(0, 'unreachable', '')
  }
  reachable.value = true
  const date = Date.parse(response.headers.get('Date') ?? '')
  if (Number.isFinite(date)) onServerDate(date)
  if (!response.ok) {
    const problem = await readProblem(response)
    if (problem.status === 401 && !options.expectUnauthorised) onUnauthorised()
    throw problem
  }
  options.onHeaders?.(response.headers)
  return response
}
