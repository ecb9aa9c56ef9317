import { computed, ref, shallowRef } from 'vue'
import { api } from '@/api'
import { ApiError } from '@/api/http'
import type { Outline, RoomAreas } from '@/api/types'
import { useFresh } from '@/live/useFresh'
import { crossesItself, same } from './polygon'

/** What is proposed where nothing was learnt. */
const middleOfPicture: Outline = [
  [0.08, 0.25],
  [0.92, 0.25],
  [0.92, 0.75],
  [0.08, 0.75],
]
const lowerEdge: Outline = [
  [0.08, 0.8],
  [0.92, 0.8],
  [0.92, 0.99],
  [0.08, 0.99],
]

/** A room's areas as the server has them, and the draft that an administrator makes of them. */
export function useRoomAreas(roomId: string) {
  const stored = shallowRef<RoomAreas | null>(null)
  const failed = shallowRef<unknown>(null)
  /** Somebody else has saved since: what it says, until the newest is loaded. */
  const outdated = ref(false)
  const pupils = shallowRef<Outline>(middleOfPicture)
  const front = shallowRef<Outline | null>(null)

  const start = computed(() => stored.value?.drawn ?? stored.value?.learnt ?? { pupils: middleOfPicture, front: null })
  const changed = computed(() => !same(pupils.value, start.value.pupils) || !same(front.value, start.value.front))
  const crossing = computed(() =>
    crossesItself(pupils.value) ? 'pupils' : front.value && crossesItself(front.value) ? 'front' : null,
  )

  function discard(): void {
    pupils.value = start.value.pupils
    front.value = start.value.front
  }
  function take(areas: RoomAreas): void {
    stored.value = areas
    outdated.value = false
    discard()
  }
  async function load(): Promise<void> {
    failed.value = null
    try {
      take(await api.areas(roomId))
    } catch (error) {
      failed.value = error
    }
  }
  function reset(): void {
    const learnt = stored.value?.learnt
    if (!learnt) return
    pupils.value = learnt.pupils
    front.value = learnt.front
  }
  function toggleFront(): void {
    front.value = front.value ? null : (stored.value?.learnt?.front ?? lowerEdge)
  }

  async function change(work: () => Promise<RoomAreas>): Promise<void> {
    try {
      take(await work())
    } catch (error) {
      outdated.value ||= error instanceof ApiError && error.code === 'areas-changed'
      throw error
    }
  }
  const save = () =>
    change(() => api.drawAreas(roomId, { pupils: pupils.value, front: front.value, version: stored.value!.version }))
  const remove = () => change(() => api.removeAreas(roomId, stored.value!.version))
  const relearn = () => change(() => api.relearnAreas(roomId))

  // While a room is learnt its seats appear by themselves. What the administrator draws meanwhile, and the version it was
  // drawn over, stay as they are.
  useFresh('areas', () => roomId, refresh)
  async function refresh(): Promise<void> {
    const before = stored.value
    if (!before) return
    const now = await api.areas(roomId).catch(() => null)
    if (!now || stored.value !== before) return
    const untouched = !changed.value
    stored.value = { ...before, learnt: now.learnt, cameraMoved: now.cameraMoved }
    if (untouched) discard()
  }

  return {
    stored,
    failed,
    outdated,
    pupils,
    front,
    changed,
    crossing,
    load,
    discard,
    reset,
    toggleFront,
    save,
    remove,
    relearn,
  }
}
