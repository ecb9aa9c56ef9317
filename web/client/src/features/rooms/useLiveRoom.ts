import { computed, onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { api } from '@/api'
import type { HistoryPoint, RoomView } from '@/api/types'
import { isStale, RoomBoard } from '@/live/board'
import { now } from '@/live/clock'
import { live } from '@/live/hub'
import { append, join, pointOf } from './series'

/**
 * One room as it goes: its newest view, and the figures of the last ten minutes.
 *
 * @param roomId the room
 * @param changed is told of each view that is newer than what was known
 */
export function useLiveRoom(roomId: string, changed: (view: RoomView) => void) {
  const board = new RoomBoard()
  const entry = board.entry(roomId)
  const view = computed(() => entry.value?.view ?? null)
  const points = shallowRef<readonly HistoryPoint[]>([])
  let arrived: readonly HistoryPoint[] = []

  const stale = computed(() => {
    void now.value
    return entry.value !== null && isStale(entry.value, live.status.value === 'connected', Date.now())
  })
  /** The chart's right edge moves with the room's samples, and with the clock while there are none. */
  const until = computed(() => {
    const last = points.value.at(-1)
    return view.value?.state === 'live' && last ? Date.parse(last.at) : now.value
  })

  async function loadHistory(): Promise<void> {
    arrived = []
    try {
      const history = await api.roomHistory(roomId, 10)
      points.value = join(history.points, arrived)
    } catch {
      // The charts begin with what arrives live; a refused room says so itself.
    }
  }

  function take(newest: RoomView, snapshot: boolean): void {
    const before = entry.value
    if (snapshot) board.replace([newest])
    else board.apply([newest])
    if (entry.value === before) return
    if (newest.state === 'live' && newest.intervalMilliseconds > 0) {
      arrived = append(arrived, pointOf(newest))
      points.value = append(points.value, pointOf(newest))
    }
    changed(newest)
  }

  let unwatch: () => void = () => {}
  onMounted(() => {
    unwatch = live.watchRoom(roomId, {
      snapshot: (value) => {
        take(value, true)
        void loadHistory()
      },
      push: (value) => take(value, false),
    })
  })
  onBeforeUnmount(() => unwatch())

  return { entry, view, stale, points, until }
}
