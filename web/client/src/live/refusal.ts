import { ApiError } from '@/api/http'

/** The hub answers a refusal with a code; SignalR's client hands it over at the end of a sentence of its own. */
export function refusalOf(error: unknown): ApiError {
  const code = /HubException: ([a-z-]+)$/.exec(error instanceof Error ? error.message : '')?.[1] ?? 'server-fault'
  return new ApiError(code === 'forbidden' ? 403 : code.startsWith('unknown-') ? 404 : 500, code, '')
}
