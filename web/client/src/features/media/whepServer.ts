import { ApiError, readProblem } from '@/api/http'
import { restartIce } from './iceRestart'

/** What a WHEP client says to the server over HTTP. */
export class WhepServer {
  constructor(private readonly fetch: typeof globalThis.fetch) {}

  /** Asks for a session with an offer: the answer, and where the session is spoken to. */
  async open(url: string, sdp: string): Promise<{ answer: string; session: string | null }> {
    let response: Response
    try {
      response = await this.fetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp, application/problem+json' },
        body: sdp,
      })
    } catch {
      throw new ApiError(0, 'unreachable', '')
    }
    if (response.status !== 201) throw await readProblem(response)
    return { answer: await response.text(), session: response.headers.get('Location') }
  }

  /** The path is silent: the laptop may have changed networks, and the session can go on over the new one. */
  async findAnotherPath(session: string, peer: RTCPeerConnection): Promise<void> {
    try {
      await restartIce(peer, async (fragment) => {
        const response = await this.fetch(session, {
          method: 'PATCH',
          credentials: 'same-origin',
          headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
          body: fragment,
        })
        if (response.status !== 200) throw await readProblem(response)
        return response.text()
      })
    } catch {
      // The server is out of reach, or has forgotten the session: if the picture stays away, the watchdog renews it.
    }
  }

  /** Done once the server has answered, or could not. */
  async end(session: string): Promise<void> {
    try {
      await this.fetch(session, { method: 'DELETE', credentials: 'same-origin', keepalive: true })
    } catch {
      // Best effort: a server that has forgotten the session, or is away, drops it by itself within its consent time.
    }
  }
}
