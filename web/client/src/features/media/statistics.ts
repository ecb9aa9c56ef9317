/** How the media of one kind arrive in this browser. Rates and delays are those of the time since the last reading. */
export interface Inbound {
  codec: string
  bitsPerSecond: number
  packets: number
  lost: number
  /** 0..100, since the session began. */
  lostPercent: number
  jitterMs: number
  /** How long what was played had waited in the jitter buffer. */
  bufferMs: number
  nacks: number
  retransmitted: number
}

export interface InboundVideo extends Inbound {
  width: number
  height: number
  framesPerSecond: number
  framesDecoded: number
  framesDropped: number
  keyFrames: number
  /** Times that the picture stood still, and for how long in all (webrtc-stats). */
  freezes: number
  frozenSeconds: number
  plis: number
}

export interface InboundAudio extends Inbound {
  /** 0..1 */
  level: number
  /** Made up where packets were missing, in per cent of what was played. */
  concealedPercent: number
}

export interface MediaPath {
  protocol: string
  localType: string
  remoteType: string
  roundTripMs: number | null
}

export interface BrowserFigures {
  video: InboundVideo | null
  audio: InboundAudio | null
  path: MediaPath | null
}

type Report = Record<string, unknown> & { type: string }
type Reports = Map<string, Report>

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0)

/** Reads a peer connection's figures; keeps the last reading, from which rates are made. */
export class StatisticsReader {
  private before: Reports = new Map()

  async read(peer: RTCPeerConnection): Promise<BrowserFigures> {
    const reports: Reports = new Map()
    ;(await peer.getStats()).forEach((report: Report, id: string) => reports.set(id, report))
    const inbound = (kind: string) =>
      [...reports.values()].find((report) => report.type === 'inbound-rtp' && report.kind === kind)
    const video = inbound('video')
    const audio = inbound('audio')
    const figures = {
      video: video ? this.video(video, reports) : null,
      audio: audio ? this.audio(audio, reports) : null,
      path: pathOf(reports),
    }
    this.before = reports
    return figures
  }

  private common(report: Report, reports: Reports): Inbound {
    const lost = Math.max(0, number(report.packetsLost))
    const packets = number(report.packetsReceived)
    const seconds = this.since(report, 'timestamp') / 1000
    const emitted = this.since(report, 'jitterBufferEmittedCount')
    return {
      codec: text(reports.get(String(report.codecId))?.mimeType).replace(/^(video|audio)\//, ''),
      bitsPerSecond: seconds > 0 ? (this.since(report, 'bytesReceived') * 8) / seconds : 0,
      packets,
      lost,
      lostPercent: lost + packets > 0 ? (100 * lost) / (lost + packets) : 0,
      jitterMs: number(report.jitter) * 1000,
      bufferMs: emitted > 0 ? (1000 * this.since(report, 'jitterBufferDelay')) / emitted : 0,
      nacks: number(report.nackCount),
      retransmitted: number(report.retransmittedPacketsReceived),
    }
  }

  private video(report: Report, reports: Reports): InboundVideo {
    return {
      ...this.common(report, reports),
      width: number(report.frameWidth),
      height: number(report.frameHeight),
      framesPerSecond: Math.round(number(report.framesPerSecond)),
      framesDecoded: number(report.framesDecoded),
      framesDropped: number(report.framesDropped),
      keyFrames: number(report.keyFramesDecoded),
      freezes: number(report.freezeCount),
      frozenSeconds: number(report.totalFreezesDuration),
      plis: number(report.pliCount),
    }
  }

  private audio(report: Report, reports: Reports): InboundAudio {
    const played = this.since(report, 'totalSamplesReceived')
    return {
      ...this.common(report, reports),
      level: number(report.audioLevel),
      concealedPercent: played > 0 ? (100 * this.since(report, 'concealedSamples')) / played : 0,
    }
  }

  /** How much a count has grown since the last reading. */
  private since(report: Report, name: string): number {
    return number(report[name]) - number(this.before.get(String(report.id))?.[name])
  }
}

function pathOf(reports: Reports): MediaPath | null {
  const transport = [...reports.values()].find((report) => report.type === 'transport')
  const pair = reports.get(String(transport?.selectedCandidatePairId))
  if (!pair) return null
  const local = reports.get(String(pair.localCandidateId))
  const remote = reports.get(String(pair.remoteCandidateId))
  return {
    protocol: text(local?.protocol ?? remote?.protocol),
    localType: text(local?.candidateType),
    remoteType: text(remote?.candidateType),
    roundTripMs: typeof pair.currentRoundTripTime === 'number' ? pair.currentRoundTripTime * 1000 : null,
  }
}
