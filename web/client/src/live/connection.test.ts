import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveConnection, type Hub } from './connection'
import { roomView } from './testViews'

/** The network's end of the connection, steered by a test: what SignalR would be with a server behind it. */
class Wire implements Hub {
  reachable = true
  starts = 0
  answers: Record<string, unknown> = {}
  readonly calls: unknown[][] = []
  private readonly handlers = new Map<string, (...args: never[]) => void>()
  private onClosed: () => void = () => {}

  async start(): Promise<void> {
    this.starts++
    if (!this.reachable) throw new Error('refused')
  }
  async stop(): Promise<void> {}
  async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    this.calls.push([method, ...args])
    const answer = this.answers[method]
    if (answer instanceof Error) throw answer
    return answer as T
  }
  on(method: string, handler: (...args: never[]) => void): void {
    this.handlers.set(method, handler)
  }
  onclose(handler: () => void): void {
    this.onClosed = handler
  }
  send(method: string, ...args: unknown[]): void {
    this.handlers.get(method)!(...(args as never[]))
  }
  drop(): void {
    this.onClosed()
  }
  named(method: string): unknown[][] {
    return this.calls.filter(([name]) => name === method)
  }
}

const watcher = () => ({ snapshot: vi.fn(), push: vi.fn(), failed: vi.fn() })

describe('LiveConnection', () => {
  let wire: Wire
  let checkSession: ReturnType<typeof vi.fn<() => Promise<void>>>
  let live: LiveConnection
  const settle = () => vi.advanceTimersByTimeAsync(0)

  beforeEach(() => {
    vi.useFakeTimers()
    wire = new Wire()
    checkSession = vi.fn(() => Promise.reject(new Error('unreachable')))
    live = new LiveConnection(wire, checkSession, () => 1000)
  })
  afterEach(async () => {
    await live.stop()
    vi.useRealTimers()
  })

  it('connects when the first page watches, and gives it the snapshot', async () => {
    wire.answers.WatchSchool = [roomView('s01-301')]
    const tiles = watcher()
    expect(wire.starts).toBe(0)
    live.watchSchool('s01', tiles)
    await settle()
    expect(live.status.value).toBe('connected')
    expect(tiles.snapshot).toHaveBeenCalledExactlyOnceWith([roomView('s01-301')])
  })

  it('hands pushes to the watchers of that group only', async () => {
    const own = watcher()
    const other = watcher()
    live.watchSchool('s01', own)
    live.watchSchool('s02', other)
    await settle()
    wire.send('Rooms', 's01', [roomView('s01-301', { sequence: 2 })])
    expect(own.push).toHaveBeenCalledOnce()
    expect(other.push).not.toHaveBeenCalled()
  })

  it('says that what is followed has changed, and after a lost connection that it may have', async () => {
    const own = watcher()
    const other = watcher()
    live.follow('recording', 's01-301', own)
    live.follow('recording', 's01-302', other)
    await settle()
    expect(wire.named('Follow')[0]).toEqual(['Follow', 'recording', 's01-301'])
    wire.send('Changed', 'recording', 's01-301')
    expect(own.push).toHaveBeenCalledOnce()
    expect(other.push).not.toHaveBeenCalled()
    wire.drop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(own.snapshot).toHaveBeenCalledTimes(2)
  })

  it('asks for whole snapshots again after a lost connection', async () => {
    const tiles = watcher()
    live.watchSchool('s01', tiles)
    await settle()
    wire.drop()
    await settle()
    expect(live.status.value).toBe('reconnecting')
    expect(live.lostAt.value).not.toBeNull()
    await vi.advanceTimersByTimeAsync(1000)
    expect(live.status.value).toBe('connected')
    expect(live.lostAt.value).toBeNull()
    expect(tiles.snapshot).toHaveBeenCalledTimes(2)
  })

  it('never gives up while the server is away', async () => {
    wire.reachable = false
    live.watchDistrict(watcher())
    await vi.advanceTimersByTimeAsync(600_000)
    expect(wire.starts).toBeGreaterThan(500)
    wire.reachable = true
    await vi.advanceTimersByTimeAsync(1000)
    expect(live.status.value).toBe('connected')
  })

  it('keeps the moment of the loss through failed attempts', async () => {
    live.watchDistrict(watcher())
    await settle()
    wire.reachable = false
    wire.drop()
    await settle()
    const lostAt = live.lostAt.value
    await vi.advanceTimersByTimeAsync(5000)
    expect(live.lostAt.value).toBe(lostAt)
  })

  it('tries at once when nudged', async () => {
    wire.reachable = false
    live.watchDistrict(watcher())
    await settle()
    wire.reachable = true
    live.nudge()
    await settle()
    expect(live.status.value).toBe('connected')
  })

  it('ends the session instead of asking for ever when the server does not know it', async () => {
    wire.reachable = false
    checkSession.mockImplementation(() => live.stop())
    live.watchDistrict(watcher())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(checkSession).toHaveBeenCalledOnce()
    expect(wire.starts).toBe(1)
    expect(live.status.value).toBe('idle')
  })

  it('tells a watcher that it may not see a group', async () => {
    wire.answers.WatchSchool = new Error('HubException: forbidden')
    const tiles = watcher()
    live.watchSchool('s09', tiles)
    await settle()
    expect(tiles.failed).toHaveBeenCalledOnce()
  })

  it('waits for the first push where the server has no view yet', async () => {
    wire.answers.WatchRoom = new Error('HubException: no-view')
    const room = watcher()
    live.watchRoom('s01-301', room)
    await settle()
    expect(room.failed).not.toHaveBeenCalled()
    wire.send('Room', roomView('s01-301'))
    expect(room.push).toHaveBeenCalledOnce()
  })

  it('gives a group up only when its last watcher has gone', async () => {
    const first = live.watchSchool('s01', watcher())
    const second = live.watchSchool('s01', watcher())
    await settle()
    first()
    await settle()
    expect(wire.named('UnwatchSchool')).toEqual([])
    second()
    await settle()
    expect(wire.named('UnwatchSchool')).toEqual([['UnwatchSchool', 's01']])
  })

  it('does not give up a group that the next page takes over', async () => {
    const leave = live.watchSchool('s01', watcher())
    await settle()
    leave()
    live.watchSchool('s01', watcher())
    await settle()
    expect(wire.named('UnwatchSchool')).toEqual([])
  })

  it('ties a visit again after a reconnection', async () => {
    live.watchDistrict(watcher())
    await settle()
    live.bindVisit('v1')
    wire.drop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(wire.named('BindVisit')).toEqual([
      ['BindVisit', 'v1'],
      ['BindVisit', 'v1'],
    ])
  })

  it('fetches snapshots when the page is seen again', async () => {
    const tiles = watcher()
    live.watchSchool('s01', tiles)
    await settle()
    live.resync()
    await settle()
    expect(tiles.snapshot).toHaveBeenCalledTimes(2)
  })
})
