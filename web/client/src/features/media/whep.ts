import { shallowRef, type ShallowRef } from 'vue'
import { ApiError } from '@/api/http'
import type { VisitMedia } from '@/api/types'
import { backoff } from '@/live/backoff'
import { faultOf, passing, type WhepFault } from './whepErrors'
import { WhepServer } from './whepServer'

export type WhepState =
  | 'idle'
  | 'connecting'
  | 'playing'
  | 'stalled' // connected, but no picture for some seconds
  | 'paused' // the server holds the picture back because the network does not carry it; the sound goes on
  | 'waiting' // nobody publishes; goes on when the room is live again
  | 'retrying'
  | 'failed' // needs a person, or another visit
  | 'ended'

export interface WhepOptions {
  fetch?: typeof fetch
  createPeer?: () => RTCPeerConnection
  now?: () => number
  wait?: (attempt: number) => number
}

const stallAfterMs = 3000
const pauseAfterMs = 500
const renewAfterMs = 12_000
const firstFrameWithinMs = 8000

/**
 * Watches one room by WHEP, offer from this side: a receive-only session that renews itself when the server or the
 * network was gone, and waits when the camera is. It never sends media.
 */
export class WhepClient {
  readonly state: ShallowRef<WhepState> = shallowRef('idle')
  readonly fault: ShallowRef<WhepFault | null> = shallowRef(null)
  readonly stream: ShallowRef<MediaStream | null> = shallowRef(null)
  /** From the call of {@link start} (or the newest renewal) to the first picture shown, in milliseconds. */
  readonly firstFrameMs: ShallowRef<number | null> = shallowRef(null)
  peer: RTCPeerConnection | null = null

  private readonly server: WhepServer
  private readonly createPeer: () => RTCPeerConnection
  private readonly now: () => number
  private readonly wait: (attempt: number) => number
  private url = ''
  private media: VisitMedia = 'both'
  private session: string | null = null
  private generation = 0
  private attempt = 0
  private startedAt = 0
  private lastFrameAt = 0
  private held = false
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private watchdog: ReturnType<typeof setInterval> | undefined

  constructor(options: WhepOptions = {}) {
    this.server = new WhepServer(options.fetch ?? ((input, init) => fetch(input, init)))
    this.createPeer = options.createPeer ?? (() => new RTCPeerConnection({ bundlePolicy: 'max-bundle' }))
    this.now = options.now ?? (() => performance.now())
    this.wait = options.wait ?? backoff
  }

  start(url: string, media: VisitMedia): Promise<void> {
    this.url = url
    this.media = media
    this.attempt = 0
    this.watchdog ??= setInterval(() => this.check(), 1000)
    return this.connect()
  }

  /** For how long nothing new has been shown, in milliseconds. */
  get silentFor(): number {
    return this.now() - this.lastFrameAt
  }

  /** The element has shown a picture, or, in a visit for the sound alone, sound has come. */
  frameShown(): void {
    if (this.state.value === 'ended') return
    this.lastFrameAt = this.now()
    if (this.state.value !== 'connecting' && this.state.value !== 'stalled' && this.state.value !== 'paused') return
    this.firstFrameMs.value ??= Math.round(this.lastFrameAt - this.startedAt)
    this.attempt = 0
    this.fault.value = null
    this.state.value = 'playing'
  }

  /** The room's actor says that the camera is there, or gone: knowledge that comes sooner than ICE notices. */
  roomIs(publishing: boolean): void {
    if (publishing && this.state.value === 'waiting') void this.connect()
    if (
      !publishing &&
      (this.state.value === 'stalled' || this.state.value === 'paused' || this.state.value === 'connecting')
    )
      this.waitForPublisher()
  }

  /** The server says whether it holds the picture back: what stands still on purpose must not be renewed. */
  serverHolds(held: boolean): void {
    // Once it lets go, the picture gets the usual time to move again.
    if (this.held && !held) this.lastFrameAt = this.now()
    this.held = held
    if (!held && this.state.value === 'paused') this.state.value = 'playing'
    if (held) this.check()
  }

  /** The server has been away: a session that stands still will not move again. */
  serverReturned(): void {
    if (this.state.value === 'stalled' || this.state.value === 'retrying') void this.connect()
  }

  /** Ends the session for good; done once the server has been told. */
  close(): Promise<void> {
    this.state.value = 'ended'
    clearInterval(this.watchdog)
    this.watchdog = undefined
    return this.release()
  }

  private async connect(): Promise<void> {
    void this.release()
    const generation = this.generation
    this.state.value = 'connecting'
    this.firstFrameMs.value = null
    this.held = false
    this.startedAt = this.now()
    this.lastFrameAt = this.startedAt
    try {
      const peer = this.open(generation)
      const offer = await peer.createOffer()
      if (generation !== this.generation) return
      // ICE-lite on the other side hears our checks and learns our address from them: no candidate need be gathered first.
      const [answer] = await Promise.all([this.post(offer.sdp ?? '', generation), peer.setLocalDescription(offer)])
      if (generation !== this.generation || answer === null) return
      await peer.setRemoteDescription({ type: 'answer', sdp: answer })
    } catch (error) {
      if (generation !== this.generation) return
      this.fail(error instanceof ApiError ? faultOf(error) : 'refused')
    }
  }

  private open(generation: number): RTCPeerConnection {
    const peer = this.createPeer()
    this.peer = peer
    if (this.media !== 'audio') peer.addTransceiver('video', { direction: 'recvonly' })
    if (this.media !== 'video') peer.addTransceiver('audio', { direction: 'recvonly' })
    const stream = new MediaStream()
    peer.ontrack = (event) => {
      if (generation !== this.generation) return
      stream.addTrack(event.track)
      this.stream.value = stream
    }
    peer.onconnectionstatechange = () => {
      if (generation !== this.generation) return
      if (peer.connectionState === 'disconnected' && this.session) void this.server.findAnotherPath(this.session, peer)
      if (peer.connectionState === 'failed' || peer.connectionState === 'closed') this.fail('lost')
    }
    return peer
  }

  /** Sends the offer; null where the session has been given up meanwhile, and then the server is told so. */
  private async post(sdp: string, generation: number): Promise<string | null> {
    const { answer, session } = await this.server.open(this.url, sdp)
    if (generation !== this.generation) {
      if (session) void this.server.end(session)
      return null
    }
    this.session = session
    return answer
  }

  private check(): void {
    const silent = this.silentFor
    if (this.held && (this.state.value === 'playing' || this.state.value === 'stalled')) {
      if (silent > pauseAfterMs) this.state.value = 'paused'
    } else if (this.state.value === 'playing' && silent > stallAfterMs) this.state.value = 'stalled'
    else if (this.state.value === 'stalled' && silent > renewAfterMs) void this.connect()
    else if (this.state.value === 'connecting' && silent > firstFrameWithinMs) this.fail('lost')
  }

  private fail(fault: WhepFault): void {
    if (fault === 'no-publisher') {
      this.waitForPublisher()
      return
    }
    void this.release()
    this.fault.value = fault
    if (!passing.has(fault)) {
      this.state.value = 'failed'
      return
    }
    this.state.value = 'retrying'
    this.retryTimer = setTimeout(() => void this.connect(), this.wait(this.attempt++))
  }

  private waitForPublisher(): void {
    void this.release()
    this.fault.value = 'no-publisher'
    this.state.value = 'waiting'
  }

  /** Lets go of the session: the server is told first, for a connection that closes ends it there, and nothing would be found. */
  private async release(): Promise<void> {
    const { session, peer } = this
    this.generation++
    clearTimeout(this.retryTimer)
    this.stream.value = null
    this.session = null
    this.peer = null
    if (session) await this.server.end(session)
    peer?.close()
  }
}
