import type { OpenVisit, RoomMedia } from '@/api/types'
import type { BrowserFigures, Inbound } from './statistics'
import type { WhepState } from './whep'

export interface FigureRow {
  label: string
  value: string
}

export interface FigureGroup {
  title: string
  rows: FigureRow[]
}

export interface FigureSources {
  visit: OpenVisit
  state: WhepState
  firstFrameMs: number | null
  browser: BrowserFigures | null
  server: RoomMedia | null
}

type Translate = (key: string, values?: Record<string, unknown>) => string

const rate = (bits: number) => (bits >= 1e6 ? `${(bits / 1e6).toFixed(2)} Mbit/s` : `${Math.round(bits / 1e3)} kbit/s`)
const milliseconds = (value: number | null) =>
  value === null ? '—' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
const percent = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} %`
const share = (part: number, whole: number) => (whole > 0 ? percent((100 * part) / whole) : percent(0))

/** The figures of both ends, as rows that are shown and copied alike: a ticket says what the screen said. */
export function figureGroups(sources: FigureSources, t: Translate): FigureGroup[] {
  const { visit, browser, server } = sources
  const row = (key: string, value: string): FigureRow => ({ label: t(`figures.row.${key}`), value })
  const inbound = (figures: Inbound): FigureRow[] => [
    row('codec', figures.codec || '—'),
    row('rate', rate(figures.bitsPerSecond)),
    row('lost', `${figures.lost} / ${figures.packets} (${percent(figures.lostPercent)})`),
    row('jitter', milliseconds(figures.jitterMs)),
    row('buffer', milliseconds(figures.bufferMs)),
  ]
  const groups: FigureGroup[] = [
    {
      title: t('figures.group.visit'),
      rows: [
        row('visit', visit.visitId),
        row('room', visit.roomId),
        row('media', t(`media.${visit.media}`)),
        row('state', t(`figures.state.${sources.state}`)),
        row('firstFrame', milliseconds(sources.firstFrameMs)),
      ],
    },
  ]
  if (browser?.path) {
    const { protocol, localType, remoteType, roundTripMs } = browser.path
    groups[0].rows.push(
      row('path', `${protocol} · ${localType} → ${remoteType}`),
      row('roundTrip', milliseconds(roundTripMs)),
    )
  }
  if (browser?.video) {
    const video = browser.video
    groups.push({
      title: t('figures.group.video'),
      rows: [
        row('size', `${video.width}×${video.height} · ${video.framesPerSecond} fps`),
        ...inbound(video),
        row(
          'frames',
          t('figures.framesValue', {
            decoded: video.framesDecoded,
            dropped: video.framesDropped,
            key: video.keyFrames,
          }),
        ),
        row('freezes', t('figures.freezesValue', { n: video.freezes, seconds: video.frozenSeconds.toFixed(1) })),
        row('repairs', `${video.nacks} NACK · ${video.retransmitted} RTX · ${video.plis} PLI`),
      ],
    })
  }
  if (browser?.audio) {
    const audio = browser.audio
    groups.push({
      title: t('figures.group.audio'),
      rows: [...inbound(audio), row('concealed', percent(audio.concealedPercent))],
    })
  }
  const viewer = server?.viewers.find((one) => one.visitId === visit.visitId)
  if (viewer) {
    groups.push({
      title: t('figures.group.sending'),
      rows: [
        row('rate', rate(viewer.bitsPerSecond)),
        row(
          'estimate',
          viewer.estimatedBitsPerSecond === null ? t('figures.unlimited') : rate(viewer.estimatedBitsPerSecond),
        ),
        row('lost', percent(100 * viewer.lossRatio)),
        row('roundTrip', milliseconds(viewer.roundTripMilliseconds)),
        row('jitter', milliseconds(viewer.jitterMilliseconds)),
        row('layer', viewer.layer ?? t('figures.oneLayer')),
        row('paused', t(viewer.videoPaused ? 'figures.yes' : 'figures.no')),
        row('packets', String(viewer.packets)),
        row('repairs', `${viewer.nacksReceived} NACK · ${viewer.retransmitted} RTX · ${viewer.keyFrameRequests} PLI`),
      ],
    })
  }
  const camera = server?.camera
  if (camera) {
    groups.push({
      title: t('figures.group.camera'),
      rows: [
        row('codec', `${camera.videoCodec} · ${camera.audioCodec}`),
        row('rate', rate(camera.bitsPerSecond)),
        row(
          'lost',
          `${camera.packetsLost} / ${camera.packets} (${share(camera.packetsLost, camera.packets + camera.packetsLost)})`,
        ),
        row('roundTrip', milliseconds(camera.roundTripMilliseconds)),
        row('jitter', milliseconds(camera.jitterMilliseconds)),
        row('repairs', `${camera.nacksSent} NACK · ${camera.keyFrameRequests} PLI`),
      ],
    })
  }
  return groups
}

/** The figures as plain text for a support ticket. */
export function figuresAsText(groups: readonly FigureGroup[], heading: string): string {
  return (
    [
      heading,
      ...groups.map((group) => [group.title, ...group.rows.map((row) => `  ${row.label}: ${row.value}`)].join('\n')),
    ].join('\n\n') + '\n'
  )
}
