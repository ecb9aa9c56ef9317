import { onScopeDispose, watch } from 'vue'
import type { Topic } from '@/api/types'
import { live } from './hub'

/**
 * Keeps what a component shows fresh: loads it now, whenever the server says that it has changed, and after every
 * reconnection. Changes during a load are one more load; those of a hidden page wait until it is seen again.
 *
 * @param topic what is followed
 * @param scope the school's or room's id; empty for what is the district's, null as long as it is not known
 * @param load asks the server; throws nothing
 */
export function useFresh(topic: Topic, scope: () => string | null, load: () => Promise<void>): () => Promise<void> {
  let loading = false
  let again = false

  async function refresh(): Promise<void> {
    again = true
    if (loading) return
    loading = true
    while (again) {
      again = false
      await load()
    }
    loading = false
  }
  watch(
    scope,
    (place, _before, clean) => {
      if (place === null) return
      // Where the hub stands it is asked first, so that no change falls between the load and the following.
      if (live.status.value !== 'connected') void refresh()
      clean(
        live.follow(topic, place, {
          snapshot: () => void refresh(),
          push: () => !document.hidden && void refresh(),
          failed: () => void refresh(),
        }),
      )
    },
    { immediate: true },
  )
  onScopeDispose(() => (again = false))
  return refresh
}
