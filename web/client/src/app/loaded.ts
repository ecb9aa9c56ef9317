import { computed, onMounted, shallowRef, watch, type WatchSource } from 'vue'
import { ApiError, reachable } from '@/api/http'

/**
 * What a page shows, fetched when it opens and whenever what it asks for changes. The newest question counts: an answer to an
 * earlier one, however late, is not shown.
 *
 * @param fetch asks the server
 * @param asked what the question depends on
 */
export function useLoaded<T>(fetch: () => Promise<T>, asked: WatchSource[] = []) {
  const value = shallowRef<T | null>(null)
  const failed = shallowRef<unknown>(null)
  const missing = computed(() => failed.value instanceof ApiError && failed.value.status === 404)
  let newest = 0

  async function load(): Promise<void> {
    const own = ++newest
    failed.value = null
    value.value = null
    try {
      const answer = await fetch()
      if (own === newest) value.value = answer
    } catch (error) {
      if (own === newest) failed.value = error
    }
  }
  onMounted(load)
  watch(asked, load)
  // A server that is back needs nobody to press a button.
  watch(reachable, (is) => is && failed.value instanceof ApiError && failed.value.status === 0 && void load())
  return { value, failed, missing, load }
}
