import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WhepClient } from './whep'

/** As much of a peer connection as the client touches: jsdom has none. */
class Peer {
  connectionState: RTCPeerConnectionState = 'new'
  ontrack: ((event: { track: object }) => void) | null = null
  onconnectionstatechange: (() => void) | null = null
  readonly transceivers: [string, object][] = []
  answer: string | null = null
  closed = false
  addTransceiver(kind: string, init: object): void {
    this.transceivers.push([kind, init])
  }
  get remoteDescription() {
    return this.answer === null ? null : { sdp: this.answer }
  }
  async createOffer(options?: RTCOfferOptions) {
    return {
      type: 'offer',
      sdp: options?.iceRestart ? 'm=video 9\r\na=mid:0\r\na=ice-ufrag:mine\r\na=ice-pwd:secret\r\n' : 'v=0 offer',
    }
  }
  async setLocalDescription(): Promise<void> {}
  async setRemoteDescription(description: { sdp: string }): Promise<void> {
    this.answer = description.sdp
  }
  close(): void {
    this.closed = true
  }
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }
}

/** The server at the network seam: answers each POST as the test says. */
class Server {
  readonly requests: { method: string; url: string; body?: unknown }[] = []
  reply: () => Response | Promise<Response> = () => this.created()
  replyToPatch: () => Response = () =>
    new Response('a=ice-lite\r\na=ice-ufrag:new\r\na=ice-pwd:newer\r\n', { status: 200 })
  answer = 'v=0 answer'
  private sessions = 0

  created(): Response {
    return new Response(this.answer, { status: 201, headers: { Location: `/whep/s01-301/${++this.sessions}` } })
  }
  problem(status: number, code: string): Response {
    return new Response(JSON.stringify({ code }), { status, headers: { 'Content-Type': 'application/problem+json' } })
  }
  fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    this.requests.push({ method: init!.method!, url: String(url), body: init!.body })
    if (init!.method === 'PATCH') return this.replyToPatch()
    return init!.method === 'POST' ? this.reply() : new Response(null, { status: 200 })
  }
  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length
  }
}

describe('WhepClient', () => {
  let server: Server
  let peers: Peer[]
  let client: WhepClient

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal(
      'MediaStream',
      class {
        readonly tracks: object[] = []
        addTrack(track: object): void {
          this.tracks.push(track)
        }
      },
    )
    server = new Server()
    peers = []
    client = new WhepClient({
      fetch: server.fetch,
      createPeer: () => {
        const peer = new Peer()
        peers.push(peer)
        return peer as unknown as RTCPeerConnection
      },
      now: () => Date.now(),
      wait: () => 1000,
    })
  })
  afterEach(() => {
    void client.close()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const start = () => client.start('/whep/s01-301?visitId=v1', 'both')
  const tick = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it('tells the server before the connection closes, which would end the session there', async () => {
    await start()
    const closing = client.close()
    expect([server.count('DELETE'), peers[0].closed]).toEqual([1, false])
    await closing
    expect(peers[0].closed).toBe(true)
  })

  it('offers to receive only, and plays at the first frame', async () => {
    await start()
    expect(peers[0].transceivers).toEqual([
      ['video', { direction: 'recvonly' }],
      ['audio', { direction: 'recvonly' }],
    ])
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/whep/s01-301?visitId=v1', body: 'v=0 offer' })
    expect(peers[0].answer).toBe('v=0 answer')
    expect(client.state.value).toBe('connecting')
    await tick(140)
    client.frameShown()
    expect(client.state.value).toBe('playing')
    expect(client.firstFrameMs.value).toBe(140)
  })

  it('gathers the tracks of one session into one stream', async () => {
    await start()
    peers[0].ontrack!({ track: { kind: 'video' } })
    const stream = client.stream.value
    peers[0].ontrack!({ track: { kind: 'audio' } })
    expect(client.stream.value).toBe(stream)
    expect((stream as unknown as { tracks: object[] }).tracks).toHaveLength(2)
  })

  it('waits where nobody publishes and goes on when the camera is back', async () => {
    server.reply = () => server.problem(409, 'no-publisher')
    await start()
    expect(client.state.value).toBe('waiting')
    await tick(60_000)
    expect(server.count('POST')).toBe(1)
    server.reply = () => server.created()
    client.roomIs(true)
    await tick(0)
    expect(server.count('POST')).toBe(2)
    client.frameShown()
    expect(client.state.value).toBe('playing')
  })

  it('explains a missing codec and does not ask again', async () => {
    server.reply = () => server.problem(422, 'unsupported-codec')
    await start()
    expect(client.state.value).toBe('failed')
    expect(client.fault.value).toBe('no-codec')
    await tick(60_000)
    expect(server.count('POST')).toBe(1)
  })

  it.each([
    [403, 'forbidden', 'forbidden'],
    [403, 'no-visit', 'visit-closed'],
    [401, 'unauthenticated', 'signed-out'],
    [400, 'bad-sdp', 'refused'],
    [415, 'unsupported-content-type', 'refused'],
    [404, 'unknown-room', 'refused'],
  ])('stops at %i %s as %s', async (status, code, fault) => {
    server.reply = () => server.problem(status, code)
    await start()
    expect(client.state.value).toBe('failed')
    expect(client.fault.value).toBe(fault)
  })

  it('tries again while the server restarts, until it answers', async () => {
    let up = false
    server.reply = () => (up ? server.created() : Promise.reject(new TypeError('failed to fetch')))
    await start()
    expect(client.state.value).toBe('retrying')
    expect(client.fault.value).toBe('unreachable')
    await tick(5000)
    expect(server.count('POST')).toBeGreaterThan(3)
    up = true
    await tick(1000)
    client.frameShown()
    expect(client.state.value).toBe('playing')
    expect(client.fault.value).toBeNull()
  })

  it.each([
    [503, 'full', 'full'],
    [503, 'room-full', 'full'],
    [429, 'too-many-sessions', 'full'],
    [429, 'too-many-requests', 'full'],
  ])('tries again after %i %s, and says why', async (status, code, fault) => {
    server.reply = () => server.problem(status, code)
    await start()
    expect(client.state.value).toBe('retrying')
    expect(client.fault.value).toBe(fault)
  })

  it('says that the picture stands still, goes on with the next frame, and renews a session that stays still', async () => {
    await start()
    client.frameShown()
    await tick(4000)
    expect(client.state.value).toBe('stalled')
    client.frameShown()
    expect(client.state.value).toBe('playing')
    await tick(13_000)
    expect(server.count('POST')).toBe(2)
    expect(peers[0].closed).toBe(true)
    expect(server.requests).toContainEqual({ method: 'DELETE', url: '/whep/s01-301/1', body: undefined })
  })

  it('looks for another path when the one in use falls silent, and keeps the session', async () => {
    server.answer = 'v=0\r\nm=video 9\r\na=ice-ufrag:old\r\na=ice-pwd:older\r\na=setup:passive\r\n'
    await start()
    client.frameShown()
    peers[0].become('disconnected')
    await tick(0)
    expect(server.requests.at(-1)).toEqual({
      method: 'PATCH',
      url: '/whep/s01-301/1',
      body: 'a=ice-ufrag:mine\r\na=ice-pwd:secret\r\nm=video 9\r\na=mid:0\r\n',
    })
    expect(peers[0].answer).toBe('v=0\r\nm=video 9\r\na=ice-ufrag:new\r\na=ice-pwd:newer\r\na=setup:passive\r\n')
    client.frameShown()
    expect(client.state.value).toBe('playing')
    expect(server.count('POST')).toBe(1)
  })

  it('renews a session whose path stays silent and whose server refuses to look for another', async () => {
    server.replyToPatch = () => server.problem(404, 'unknown-session')
    await start()
    client.frameShown()
    peers[0].become('disconnected')
    await tick(0)
    expect(peers[0].answer).toBe('v=0 answer')
    await tick(16_000)
    expect(server.count('POST')).toBe(2)
  })

  it('waits for the camera when the room says it is gone, instead of renewing in vain', async () => {
    await start()
    client.frameShown()
    await tick(4000)
    client.roomIs(false)
    expect(client.state.value).toBe('waiting')
    await tick(60_000)
    expect(server.count('POST')).toBe(1)
  })

  it('does not insist while the room says that its camera is gone', async () => {
    await start()
    client.roomIs(false)
    expect(client.state.value).toBe('waiting')
    expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/whep/s01-301/1' })
  })

  it('renews at once when the server has been away and the picture stands still', async () => {
    await start()
    client.frameShown()
    await tick(4000)
    client.serverReturned()
    await tick(0)
    expect(server.count('POST')).toBe(2)
  })

  it('renews when ICE fails', async () => {
    await start()
    client.frameShown()
    peers[0].become('failed')
    expect(client.state.value).toBe('retrying')
    await tick(1000)
    expect(server.count('POST')).toBe(2)
  })

  it('renews a session that was answered but never showed a picture', async () => {
    await start()
    await tick(9000)
    expect(client.state.value).toBe('retrying')
    expect(client.fault.value).toBe('lost')
  })

  it.each([
    ['video', ['video']],
    ['audio', ['audio']],
  ] as const)('asks for nothing but the %s in such a visit', async (media, kinds) => {
    await client.start('/whep/s01-301?visitId=v1', media)
    expect(peers[0].transceivers.map(([kind]) => kind)).toEqual(kinds)
  })

  it('does not renew a picture that the server holds back, and says so until it moves again', async () => {
    await start()
    client.frameShown()
    client.serverHolds(true)
    expect(client.state.value).toBe('playing')
    await tick(2000)
    expect(client.state.value).toBe('paused')
    await tick(60_000)
    expect(server.count('POST')).toBe(1)
    client.frameShown()
    expect(client.state.value).toBe('playing')
  })

  it('gives a picture that is let go the usual time before it calls it frozen', async () => {
    await start()
    client.frameShown()
    client.serverHolds(true)
    await tick(30_000)
    client.serverHolds(false)
    expect(client.state.value).toBe('playing')
    await tick(2000)
    expect(client.state.value).toBe('playing')
    await tick(3000)
    expect(client.state.value).toBe('stalled')
  })

  it('learns from the server that what looked frozen is held back', async () => {
    await start()
    client.frameShown()
    await tick(5000)
    expect(client.state.value).toBe('stalled')
    client.serverHolds(true)
    expect(client.state.value).toBe('paused')
  })

  it('tells the server when it ends, and stays ended', async () => {
    await start()
    client.frameShown()
    void client.close()
    expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/whep/s01-301/1' })
    await tick(60_000)
    client.frameShown()
    expect(client.state.value).toBe('ended')
    expect(server.count('POST')).toBe(1)
  })

  it('deletes a session whose answer came after the visitor had left', async () => {
    let answer: (response: Response) => void = () => {}
    server.reply = () => new Promise((resolve) => (answer = resolve))
    const started = start()
    await tick(0)
    void client.close()
    answer(server.created())
    await started
    expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/whep/s01-301/1' })
    expect(client.state.value).toBe('ended')
  })
})
