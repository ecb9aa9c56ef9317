import { shallowRef, watch } from 'vue'
import { now } from '@/live/clock'
import { useFresh } from '@/live/useFresh'
import { dashboardsApi, type SchoolMinute } from './dashboardsApi'

/** Each school's lessons and alerts of this minute, by its id; empty until they are known. */
export function useMinutes() {
  const minutes = shallowRef<ReadonlyMap<string, SchoolMinute>>(new Map())
  async function load(): Promise<void> {
    try {
      const { schools } = await dashboardsApi.district()
      minutes.value = new Map(schools.map((school) => [school.schoolId, school]))
    } catch {
      // The page says elsewhere that the server is away; figures of a minute ago would mislead.
      minutes.value = new Map()
    }
  }
  const refresh = useFresh('alerts', () => '', load)
  // Lessons begin and end by the clock.
  watch(
    () => Math.floor(now.value / 30_000),
    () => !document.hidden && void refresh(),
  )
  return minutes
}
