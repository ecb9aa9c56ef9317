import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue'
import { api } from '@/api'
import type { OpenVisit, RoomMedia } from '@/api/types'
import { StatisticsReader, type BrowserFigures } from './statistics'
import type { WhepClient } from './whep'

/** While all is well and nobody looks at the figures, the server is asked every so many seconds. */
const calmSeconds = 3
const quietMs = 1000

/**
 * How the visit's media go, by this browser and by the server: read once a second, and told to the client, which must
 * know a picture that is held back on purpose from one that is lost.
 */
export function useFigures(
  visit: ShallowRef<OpenVisit | null>,
  client: ShallowRef<WhepClient | null>,
  watched: () => boolean,
) {
  const browser = shallowRef<BrowserFigures | null>(null)
  const server = shallowRef<RoomMedia | null>(null)
  let reader = new StatisticsReader()
  let readFrom: RTCPeerConnection | null = null
  let asking: AbortController | null = null
  let calm = 0

  async function readBrowser(from: WhepClient): Promise<void> {
    const { peer } = from
    if (!peer) return
    if (peer !== readFrom) {
      reader = new StatisticsReader()
      browser.value = null
    }
    readFrom = peer
    const heardBefore = browser.value?.audio?.packets ?? 0
    const figures = await reader.read(peer).catch(() => null)
    if (client.value !== from || from.peer !== peer) return
    browser.value = figures
    if (visit.value?.media === 'audio' && (figures?.audio?.packets ?? 0) !== heardBefore) from.frameShown()
  }

  async function askServer(from: WhepClient, visitId: string): Promise<void> {
    const question = new AbortController()
    asking = question
    try {
      const video = browser.value?.video
      const answer = await api.playback(visitId, video?.freezes ?? 0, video?.frozenSeconds ?? 0, question.signal)
      if (client.value !== from) return
      server.value = answer
      from.serverHolds(answer.viewers.some((viewer) => viewer.videoPaused))
    } catch {
      // The page says elsewhere that the server is away; old figures of it would mislead.
      server.value = null
    } finally {
      if (asking === question) asking = null
    }
  }

  async function read(): Promise<void> {
    const from = client.value
    const open = visit.value
    if (!from || !open) return
    await readBrowser(from)
    const quiet = from.state.value !== 'playing' || from.silentFor > quietMs
    if (asking || (++calm < calmSeconds && !quiet && !watched())) return
    calm = 0
    await askServer(from, open.visitId)
  }
  // A clock and no poll: counters become rates by being read at even times, and the question carries this browser's own.
  const timer = setInterval(() => void read(), 1000)
  watch(client, () => {
    // Nothing is asked of a visit that is being left.
    asking?.abort()
    asking = null
    browser.value = null
    server.value = null
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    asking?.abort()
  })

  return { browser, server }
}
