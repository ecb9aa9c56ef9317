import { computed, shallowRef, watch } from 'vue'
import { api } from '@/api'
import { reachable } from '@/api/http'
import { live } from '@/live/hub'

const retryEvery = 5000
const online = shallowRef(navigator.onLine)
for (const change of ['online', 'offline'] as const)
  window.addEventListener(change, () => (online.value = change === 'online'))

// A page that watches nothing live would not notice that the server is back, and a server that is away pushes nothing.
watch([reachable, online], ([is, on], _before, clean) => {
  if (is || !on) return
  const timer = setInterval(() => void api.session().catch(() => undefined), retryEvery)
  clean(() => clearInterval(timer))
})

/** How this browser stands with the server: `live` while the server tells it what changes, `online` where it only asks. */
export const connection = computed<'live' | 'online' | 'connecting' | 'lost'>(() => {
  if (!online.value || live.status.value === 'reconnecting') return 'lost'
  if (live.status.value === 'connected') return 'live'
  if (!reachable.value) return 'lost'
  return live.status.value === 'connecting' ? 'connecting' : 'online'
})
