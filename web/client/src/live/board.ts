import { shallowRef, type ShallowRef } from 'vue'
import type { PoseView, RoomView } from '@/api/types'
import { serverClock } from './clock'

/** One room as last heard of. Replaced whole, never changed in place: tiles compare identity. */
export interface RoomEntry {
  readonly view: RoomView
  /** When it was heard (local clock, ms). */
  readonly heardAt: number
  /** The last seat map there was: kept while the picture is stalled, dropped when the camera goes. */
  readonly poses: readonly PoseView[]
}

/**
 * The newest view of every room of a wall. Each room is its own shallow reference, so that a second's update of one
 * room touches one tile; `revision` moves on any change, for what counts or sorts all of them.
 */
export class RoomBoard {
  readonly revision = shallowRef(0)
  private readonly rooms = new Map<string, ShallowRef<RoomEntry | null>>()

  /** The reference of a room, there before its first view is. */
  entry(roomId: string): ShallowRef<RoomEntry | null> {
    let slot = this.rooms.get(roomId)
    if (!slot) {
      slot = shallowRef(null)
      this.rooms.set(roomId, slot)
    }
    return slot
  }

  view(roomId: string): RoomView | null {
    return this.rooms.get(roomId)?.value?.view ?? null
  }

  /** A whole snapshot: rooms that it leaves out are no longer known. */
  replace(views: readonly RoomView[]): void {
    const named = new Set(views.map((view) => view.roomId))
    for (const [roomId, slot] of this.rooms) if (!named.has(roomId)) slot.value = null
    for (const view of views) this.accept(view, true)
    this.revision.value++
  }

  /** Views that changed; older sequences than the one held are ignored. */
  apply(views: readonly RoomView[]): void {
    let changed = false
    for (const view of views) {
      if (!this.accept(view)) continue
      changed = true
      serverClock.observe(Date.parse(view.at))
    }
    if (changed) this.revision.value++
  }

  private accept(view: RoomView, snapshot = false): boolean {
    const slot = this.entry(view.roomId)
    const held = slot.value
    if (held && held.view.sequence > view.sequence) {
      // A push can overtake the snapshot it belongs after; but a later snapshot that counts lower is a server that
      // was set up anew, and its word is the true one.
      if (!snapshot || Date.parse(view.at) <= Date.parse(held.view.at)) return false
    }
    if (held && held.view.sequence === view.sequence) {
      // The same view in a snapshot: nothing to draw, but the word is fresh.
      slot.value = { ...held, heardAt: Date.now() }
      return false
    }
    slot.value = { view, heardAt: Date.now(), poses: posesToShow(view, held) }
    return true
  }
}

function posesToShow(view: RoomView, held: RoomEntry | null): readonly PoseView[] {
  if (view.state === 'live') return view.poses
  if (view.state === 'stalled') return view.poses.length > 0 ? view.poses : (held?.poses ?? [])
  return []
}

/** Whether a view carries counts of now: without a picture, or before the first sample, zero would be a lie. */
export function isCounted(view: RoomView): boolean {
  return view.state === 'live' && view.intervalMilliseconds > 0
}

/** What is wrong with a live camera's view (a code of `fault.view-*`), or null. */
export function viewFault(view: RoomView | null): string | null {
  return view?.state === 'live' && view.fault?.startsWith('view-') ? view.fault : null
}

/** Keeps the newest of a stream of whole views. */
export function newest<T extends { sequence: number }>(held: T | null, arrived: T): T {
  return held && held.sequence > arrived.sequence ? held : arrived
}

/** How long a live room may stay silent before its tile must say so: three samples, and never under six seconds. */
export function isStale(entry: RoomEntry, connected: boolean, localNow: number): boolean {
  if (entry.view.state !== 'live') return false
  const silent = localNow - entry.heardAt
  return !connected ? silent > 3000 : silent > Math.max(6000, 3 * entry.view.intervalMilliseconds)
}
