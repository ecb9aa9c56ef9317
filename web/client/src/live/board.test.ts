import { describe, expect, it } from 'vitest'
import { isCounted, isStale, newest, RoomBoard } from './board'
import { pose, roomView } from './testViews'

describe('RoomBoard', () => {
  it('keeps the newer of two views, whatever order they come in', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301', { sequence: 5, people: 20 })])
    board.apply([roomView('s01-301', { sequence: 4, people: 9 })])
    expect(board.view('s01-301')?.people).toBe(20)
    board.apply([roomView('s01-301', { sequence: 6, people: 21 })])
    expect(board.view('s01-301')?.people).toBe(21)
  })

  it('does not let a snapshot undo the push that overtook it', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301', { sequence: 8, at: '2026-03-02T08:00:02Z', state: 'live' })])
    board.replace([roomView('s01-301', { sequence: 7, at: '2026-03-02T08:00:01Z' })])
    expect(board.view('s01-301')?.state).toBe('live')
  })

  it('believes a later snapshot of a server that counts anew', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301', { sequence: 800, at: '2026-03-02T08:00:00Z', state: 'live' })])
    board.replace([roomView('s01-301', { sequence: 2, at: '2026-03-02T08:05:00Z' })])
    expect(board.view('s01-301')?.state).toBe('offline')
  })

  it('forgets rooms that a snapshot leaves out', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301'), roomView('s01-302')])
    board.replace([roomView('s01-302', { sequence: 2 })])
    expect(board.view('s01-301')).toBeNull()
    expect(board.view('s01-302')).not.toBeNull()
  })

  it('touches only the rooms that changed', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301'), roomView('s01-302')])
    const untouched = board.entry('s01-302').value
    board.apply([roomView('s01-301', { sequence: 2 })])
    expect(board.entry('s01-302').value).toBe(untouched)
  })

  it('moves its revision only when something changed', () => {
    const board = new RoomBoard()
    board.apply([roomView('s01-301', { sequence: 2 })])
    const revision = board.revision.value
    board.apply([roomView('s01-301', { sequence: 1 })])
    expect(board.revision.value).toBe(revision)
  })

  it('keeps the last seat map while a picture is stalled and drops it when the camera goes', () => {
    const board = new RoomBoard()
    const poses = [pose({ 0: [500, 500] })]
    board.apply([roomView('s01-301', { sequence: 1, state: 'live', poses })])
    board.apply([roomView('s01-301', { sequence: 2, state: 'stalled' })])
    expect(board.entry('s01-301').value?.poses).toEqual(poses)
    board.apply([roomView('s01-301', { sequence: 3, state: 'offline' })])
    expect(board.entry('s01-301').value?.poses).toEqual([])
  })

  it('hands out the same reference before and after the first view', () => {
    const board = new RoomBoard()
    const entry = board.entry('s01-301')
    expect(entry.value).toBeNull()
    board.apply([roomView('s01-301')])
    expect(entry.value?.view.roomId).toBe('s01-301')
  })
})

describe('isStale', () => {
  const entryOf = (changes: Parameters<typeof roomView>[1]) => ({
    view: roomView('s01-301', changes),
    heardAt: 100_000,
    poses: [],
  })

  it('allows a live room three samples of silence, and six seconds at least', () => {
    expect(isStale(entryOf({ state: 'live' }), true, 105_000)).toBe(false)
    expect(isStale(entryOf({ state: 'live' }), true, 106_500)).toBe(true)
    expect(isStale(entryOf({ state: 'live', intervalMilliseconds: 4000 }), true, 111_000)).toBe(false)
    expect(isStale(entryOf({ state: 'live', intervalMilliseconds: 4000 }), true, 112_500)).toBe(true)
  })

  it('is sooner while the connection is lost', () => {
    expect(isStale(entryOf({ state: 'live' }), false, 103_500)).toBe(true)
  })

  it('never calls an offline room stale: nothing is expected of it', () => {
    expect(isStale(entryOf({ state: 'offline' }), false, 999_999)).toBe(false)
  })
})

describe('isCounted', () => {
  it('holds for a live room that has been sampled, and for no other', () => {
    expect(isCounted(roomView('s01-301', { state: 'live' }))).toBe(true)
    expect(isCounted(roomView('s01-301', { state: 'live', intervalMilliseconds: 0 }))).toBe(false)
    expect(isCounted(roomView('s01-301', { state: 'stalled' }))).toBe(false)
  })
})

describe('newest', () => {
  it('ignores an older view of the district', () => {
    const held = { sequence: 9 }
    expect(newest(held, { sequence: 8 })).toBe(held)
    expect(newest(held, { sequence: 10 }).sequence).toBe(10)
    expect(newest(null, { sequence: 1 }).sequence).toBe(1)
  })
})
