/** What the debug line under the video shows. */
export interface MediaStatistics {
  codec: string
  width: number
  height: number
  framesPerSecond: number
  lostPercent: number
}

type Report = Record<string, unknown> & { type: string; kind?: string }

/** Reads the inbound video's figures; null before the first report has any. */
export async function readStatistics(peer: RTCPeerConnection): Promise<MediaStatistics | null> {
  const reports = new Map<string, Report>()
  ;(await peer.getStats()).forEach((report: Report, id: string) => reports.set(id, report))
  const video = [...reports.values()].find((report) => report.type === 'inbound-rtp' && report.kind === 'video')
  if (!video) return null
  const codec = reports.get(String(video.codecId))
  const lost = Number(video.packetsLost ?? 0)
  const received = Number(video.packetsReceived ?? 0)
  return {
    codec: String(codec?.mimeType ?? '').replace('video/', ''),
    width: Number(video.frameWidth ?? 0),
    height: Number(video.frameHeight ?? 0),
    framesPerSecond: Math.round(Number(video.framesPerSecond ?? 0)),
    lostPercent: lost + received > 0 ? Math.max(0, (100 * lost) / (lost + received)) : 0,
  }
}
