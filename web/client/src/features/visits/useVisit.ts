import { computed, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { api } from '@/api'
import type { OpenVisit, VisitMedia } from '@/api/types'
import { WhepClient } from '@/features/media/whep'
import { live } from '@/live/hub'

/**
 * One person's visit to one room: opened with a purpose, tied to the live connection and to a viewing session, and
 * ended however the page is left.
 */
export function useVisit(roomId: string) {
  const visit = shallowRef<OpenVisit | null>(null)
  const client = shallowRef<WhepClient | null>(null)
  /** Why a visit that the server had ended could not be opened again by itself. */
  const lapse = shallowRef<unknown>(null)
  let unbind: () => unknown = () => {}
  let reopenedAt = 0

  async function begin(purpose: string, media: VisitMedia): Promise<void> {
    const opened = await api.openVisit(roomId, purpose, media)
    visit.value = opened
    lapse.value = null
    unbind = live.bindVisit(opened.visitId)
    client.value = new WhepClient()
    void client.value.start(
      `/whep/${encodeURIComponent(roomId)}?visitId=${encodeURIComponent(opened.visitId)}`,
      opened.media,
    )
  }

  function drop(): { open: OpenVisit | null; closed: Promise<void> | undefined } {
    const open = visit.value
    unbind()
    const closed = client.value?.close()
    client.value = null
    visit.value = null
    return { open, closed }
  }

  async function leave(): Promise<void> {
    const { open, closed } = drop()
    if (!open) return
    // First the session, then the visit: the end of a visit ends its session, which could not be found any more.
    await closed
    await api.closeVisit(open.visitId)
  }

  // The server ends a visit whose browser was gone for half a minute. Who is still looking opens the next one, with the
  // same purpose, so that the log holds both; at most once a minute, or a refusal would be asked for ever. Where the
  // district's rule has changed meanwhile, the visitor has to choose again.
  watch(
    () => client.value?.fault.value,
    (fault) => {
      if (fault !== 'visit-closed' || Date.now() - reopenedAt < 60_000) return
      reopenedAt = Date.now()
      const { open: before } = drop()
      if (before) void begin(before.purpose, before.media).catch((error: unknown) => (lapse.value = error))
    },
  )
  watch(live.status, (status, before) => {
    if (status === 'connected' && before === 'reconnecting') client.value?.serverReturned()
  })

  const onPageHide = () => {
    const { open } = drop()
    if (open) api.leaveVisit(open.visitId)
  }
  onMounted(() => window.addEventListener('pagehide', onPageHide))
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', onPageHide)
    // Leaving by a link: the page is gone before an answer is, and the server's own limit covers a lost request.
    void leave().catch(() => undefined)
  })

  return { visit, client, lapse, begin, leave, visiting: computed(() => visit.value !== null) }
}
