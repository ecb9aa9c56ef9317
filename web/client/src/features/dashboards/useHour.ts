import { computed, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { RoomBoard } from '@/live/board'
import { now } from '@/live/clock'
import { live } from '@/live/hub'
import { useFresh } from '@/live/useFresh'
import { dashboardsApi, type HourRoom, type SchoolDay, type SchoolHour, type SchoolWeeks } from './dashboardsApi'

const every = (seconds: number) => () => Math.floor(now.value / (seconds * 1000))

/** A school in this hour: what is planned and what waits by asking, what cameras see as it comes. */
export function useHour(schoolId: string) {
  const hour = shallowRef<SchoolHour | null>(null)
  const day = shallowRef<SchoolDay | null>(null)
  const weeks = shallowRef<SchoolWeeks | null>(null)
  const failed = shallowRef<unknown>(null)
  const board = new RoomBoard()

  async function loadHour(): Promise<void> {
    try {
      hour.value = await dashboardsApi.hour(schoolId)
      failed.value = null
    } catch (error) {
      // What is shown stays, with its time; only an empty page says why it is empty.
      if (!hour.value) failed.value = error
    }
  }
  async function loadDay(): Promise<void> {
    day.value = await dashboardsApi.day(schoolId).catch(() => day.value)
  }
  async function loadWeeks(): Promise<void> {
    weeks.value = await dashboardsApi.weeks(schoolId).catch(() => weeks.value)
  }
  const refresh = useFresh('alerts', () => '', loadHour)
  // Lessons begin and end by the clock.
  watch(every(15), () => !document.hidden && void refresh())
  watch(every(60), () => !document.hidden && void loadDay())
  watch(every(300), () => !document.hidden && void loadWeeks())

  let unwatch: () => void = () => {}
  onMounted(() => {
    void loadDay()
    void loadWeeks()
    unwatch = live.watchSchool(schoolId, {
      snapshot: (views) => board.replace(views),
      push: (views) => board.apply(views),
      failed: () => undefined,
    })
  })
  onBeforeUnmount(() => unwatch())

  /** The rooms, with what their cameras see this second. */
  const rooms = computed<readonly HourRoom[]>(() => {
    void board.revision.value
    return (hour.value?.rooms ?? []).map((room) => {
      const view = board.view(room.roomId)
      return view ? { ...room, state: view.state, people: view.state === 'live' ? view.people : null } : room
    })
  })
  return { hour, day, weeks, failed, rooms, refresh }
}
