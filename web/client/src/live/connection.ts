import { shallowRef, type ShallowRef } from 'vue'
import type { ApiError } from '@/api/http'
import type { DistrictView, RoomView, Topic } from '@/api/types'
import { backoff, Pause } from './backoff'
import { refusalOf } from './refusal'

/** The part of SignalR's HubConnection in use. */
export interface Hub {
  start(): Promise<void>
  stop(): Promise<void>
  invoke<T>(method: string, ...args: unknown[]): Promise<T>
  on(method: string, handler: (...args: never[]) => void): void
  onclose(handler: (error?: Error) => void): void
}

export type LiveStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting'

/** Someone who wants a group: `snapshot` gets the whole state on every (re)connection, `push` what changes between. */
export interface Watcher<TSnapshot, TPush> {
  snapshot(value: TSnapshot): void
  push(value: TPush): void
  failed?(refusal: ApiError): void
}

interface Group {
  watch: [method: string, ...args: string[]]
  unwatch: [method: string, ...args: string[]]
  watchers: Set<Watcher<unknown, unknown>>
}

/**
 * The one live connection. It starts when the first page watches something, never gives up, and after every
 * reconnection asks for whole snapshots again: what was missed in between is never patched together.
 */
export class LiveConnection {
  readonly status: ShallowRef<LiveStatus> = shallowRef('idle')
  /** When the connection was lost (local clock), or null while it stands. */
  readonly lostAt: ShallowRef<number | null> = shallowRef(null)

  private readonly groups = new Map<string, Group>()
  private readonly pause = new Pause()
  private readonly visits = new Set<string>()
  private closed: (() => void) | null = null
  private running = false

  constructor(
    private readonly hub: Hub,
    private readonly checkSession: () => Promise<unknown>,
    private readonly wait: (attempt: number) => number = backoff,
  ) {
    hub.onclose(() => this.closed?.())
    hub.on('District', (view: DistrictView) => this.push('district', view))
    hub.on('Rooms', (schoolId: string, views: RoomView[]) => this.push(`school:${schoolId}`, views))
    hub.on('Room', (view: RoomView) => this.push(`room:${view.roomId}`, view))
    hub.on('Changed', (topic: Topic, scope: string) => this.push(`${topic}:${scope}`, undefined))
  }

  watchDistrict(watcher: Watcher<DistrictView, DistrictView>): () => void {
    return this.join('district', ['WatchDistrict'], ['UnwatchDistrict'], watcher)
  }

  watchSchool(schoolId: string, watcher: Watcher<RoomView[], RoomView[]>): () => void {
    return this.join(`school:${schoolId}`, ['WatchSchool', schoolId], ['UnwatchSchool', schoolId], watcher)
  }

  watchRoom(roomId: string, watcher: Watcher<RoomView, RoomView>): () => void {
    return this.join(`room:${roomId}`, ['WatchRoom', roomId], ['UnwatchRoom', roomId], watcher)
  }

  /** Follows what is asked for over HTTP: a push says that it has changed, a snapshot that the server may have changed it unheard. */
  follow(topic: Topic, scope: string, watcher: Watcher<void, void>): () => void {
    return this.join(`${topic}:${scope}`, ['Follow', topic, scope], ['Unfollow', topic, scope], watcher)
  }

  /** Ties a visit to this connection, so that the server ends it when the browser is gone; tied again after a reconnection. */
  bindVisit(visitId: string): () => void {
    this.visits.add(visitId)
    if (this.status.value === 'connected') void this.bind(visitId)
    return () => this.visits.delete(visitId)
  }

  /** Tries at once instead of at the end of the wait: the network is back, the page is seen again, or somebody asks. */
  nudge(): void {
    this.pause.end()
  }

  /** Fetches whole snapshots again; a page that was hidden may have been frozen by the browser. */
  resync(): void {
    if (this.status.value === 'connected') for (const group of this.groups.values()) void this.ask(group)
    else this.nudge()
  }

  /** Ends everything, at sign-out. */
  async stop(): Promise<void> {
    this.running = false
    this.groups.clear()
    this.visits.clear()
    this.status.value = 'idle'
    this.lostAt.value = null
    this.pause.end()
    this.closed?.()
    await this.hub.stop()
  }

  private join<S, P>(
    key: string,
    watch: Group['watch'],
    unwatch: Group['unwatch'],
    watcher: Watcher<S, P>,
  ): () => void {
    let group = this.groups.get(key)
    if (!group) {
      group = { watch, unwatch, watchers: new Set() }
      this.groups.set(key, group)
    }
    const joined = group
    const member = watcher as Watcher<unknown, unknown>
    joined.watchers.add(member)
    if (this.status.value === 'connected') void this.ask(joined)
    if (!this.running) void this.run()
    return () => {
      joined.watchers.delete(member)
      // The next page may watch the same group in the same turn: only a group still without watchers then is given up.
      setTimeout(() => {
        if (joined.watchers.size > 0 || this.groups.get(key) !== joined) return
        this.groups.delete(key)
        if (this.status.value === 'connected') void this.hub.invoke(...joined.unwatch).catch(() => this.nudge())
      })
    }
  }

  private push(key: string, value: unknown): void {
    for (const watcher of this.groups.get(key)?.watchers ?? []) watcher.push(value)
  }

  private async ask(group: Group): Promise<void> {
    try {
      const snapshot = await this.hub.invoke<unknown>(...group.watch)
      for (const watcher of group.watchers) watcher.snapshot(snapshot)
    } catch (error) {
      // Asked across a lost connection: the reconnection asks again.
      if (this.status.value !== 'connected') return
      const refusal = refusalOf(error)
      // Watched from now on, but the server has nothing to show yet: the first view comes as a push.
      if (refusal.code === 'no-view') return
      for (const watcher of group.watchers) watcher.failed?.(refusal)
    }
  }

  private async bind(visitId: string): Promise<void> {
    try {
      await this.hub.invoke('BindVisit', visitId)
    } catch {
      // The server has ended the visit meanwhile; the media session is refused too, and that path tells the visitor.
      this.visits.delete(visitId)
    }
  }

  private async run(): Promise<void> {
    this.running = true
    this.status.value = 'connecting'
    for (let attempt = 0; this.running;) {
      const closed = new Promise<void>((resolve) => (this.closed = resolve))
      try {
        await this.hub.start()
      } catch {
        if (!this.running) return
        this.lose()
        // SignalR does not tell why it was refused. Where the session is over, this question ends it, and this with it.
        await this.checkSession().catch(() => undefined)
        if (!this.running) return
        await this.pause.wait(this.wait(attempt++))
        continue
      }
      if (!this.running) return
      attempt = 0
      this.status.value = 'connected'
      this.lostAt.value = null
      for (const group of this.groups.values()) void this.ask(group)
      for (const visit of this.visits) void this.bind(visit)
      await closed
      if (this.running) {
        this.lose()
        await this.pause.wait(this.wait(0))
      }
    }
  }

  private lose(): void {
    this.status.value = 'reconnecting'
    this.lostAt.value ??= Date.now()
  }
}
