import { computed, onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'
import { api } from '@/api'
import type { Room } from '@/api/types'
import { useSession } from '@/app/session'
import { RoomBoard } from '@/live/board'
import { live } from '@/live/hub'
import { useFresh } from '@/live/useFresh'
import { useCalm } from '@/ui/useCalm'
import { countByFilter, select, type Criteria } from './filter'

/** The rooms of a school as they go, and those of them to be shown: tiles for what is on, and what is offline apart. */
export function useSchoolWall(schoolId: string, criteria: Ref<Criteria>) {
  const session = useSession()
  const rooms = shallowRef<readonly Room[] | null>(null)
  const failed = shallowRef<unknown>(null)
  const board = new RoomBoard()

  const viewOf = (roomId: string) => board.view(roomId)
  const stateOf = (room: Room) => board.view(room.roomId)?.state ?? 'offline'
  const grades = computed(() => [...new Set((rooms.value ?? []).map((room) => room.grade))])
  const counts = computed(() => {
    void board.revision.value
    return countByFilter(rooms.value ?? [], viewOf)
  })
  const states = computed(() => {
    void board.revision.value
    return (rooms.value ?? []).map(stateOf).join()
  })
  /** A room that comes or goes is moved at once; one whose figures change waits for the next calm moment. */
  const { value: shown } = useCalm(
    () => select(rooms.value ?? [], viewOf, criteria.value),
    board.revision,
    () => [rooms.value, states.value, criteria.value],
  )
  const isOffline = (room: Room) => stateOf(room) === 'offline'
  const tiles = computed(() => {
    void states.value
    return shown.value.filter((room) => !isOffline(room))
  })
  const offline = computed(() => {
    void states.value
    const listed = new Set(shown.value.filter(isOffline))
    return (rooms.value ?? []).filter((room) => listed.has(room))
  })

  async function load(): Promise<void> {
    failed.value = null
    try {
      const [loaded] = await Promise.all([api.schoolRooms(schoolId), session.loadSchools(true)])
      rooms.value = loaded
    } catch (error) {
      failed.value = error
    }
  }

  // The books are edited while the wall is watched.
  const refresh = useFresh('books', () => '', load)

  let unwatch: () => void = () => {}
  onMounted(() => {
    unwatch = live.watchSchool(schoolId, {
      snapshot: (views) => board.replace(views),
      push: (views) => board.apply(views),
      failed: (error) => (failed.value = error),
    })
  })
  onBeforeUnmount(() => unwatch())

  return { rooms, failed, board, grades, counts, shown, tiles, offline, load: refresh }
}
