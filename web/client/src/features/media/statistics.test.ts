import { expect, it } from 'vitest'
import { figureGroups, figuresAsText } from './figureGroups'
import { StatisticsReader } from './statistics'

const video = {
  id: 'V',
  type: 'inbound-rtp',
  kind: 'video',
  codecId: 'C',
  timestamp: 10_000,
  bytesReceived: 100_000,
  packetsReceived: 99,
  packetsLost: 1,
  jitter: 0.004,
  jitterBufferDelay: 2,
  jitterBufferEmittedCount: 50,
  frameWidth: 1280,
  frameHeight: 720,
  framesPerSecond: 14.9,
  framesDecoded: 50,
  framesDropped: 2,
  keyFramesDecoded: 1,
  freezeCount: 3,
  totalFreezesDuration: 1.25,
  pliCount: 1,
  nackCount: 4,
}
const rest = [
  { id: 'C', type: 'codec', mimeType: 'video/H264' },
  { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
  { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', currentRoundTripTime: 0.012 },
  { id: 'L', type: 'local-candidate', protocol: 'udp', candidateType: 'prflx' },
  { id: 'R', type: 'remote-candidate', protocol: 'udp', candidateType: 'host' },
]
const peer = (...reports: { id: string }[]) =>
  ({ getStats: async () => new Map(reports.map((report) => [report.id, report])) }) as unknown as RTCPeerConnection

it('makes rates and delays of the time since the last reading', async () => {
  const reader = new StatisticsReader()
  await reader.read(peer(video, ...rest))
  const later = {
    ...video,
    timestamp: 11_000,
    bytesReceived: 225_000,
    jitterBufferDelay: 2.6,
    jitterBufferEmittedCount: 65,
  }
  const figures = await reader.read(peer(later, ...rest))
  expect(figures.video).toMatchObject({
    codec: 'H264',
    bitsPerSecond: 1_000_000,
    lostPercent: 1,
    jitterMs: 4,
    freezes: 3,
    frozenSeconds: 1.25,
  })
  expect(figures.video!.bufferMs).toBeCloseTo(40)
  expect(figures.path).toEqual({ protocol: 'udp', localType: 'prflx', remoteType: 'host', roundTripMs: 12 })
  expect(figures.audio).toBeNull()
})

it('has no figures before there is anything', async () => {
  expect(await new StatisticsReader().read(peer())).toEqual({ video: null, audio: null, path: null })
})

it('copies what it shows, of both ends', async () => {
  const browser = await new StatisticsReader().read(peer(video, ...rest))
  const viewer = {
    visitId: 'v1',
    displayName: '',
    media: 'both',
    from: '',
    bitsPerSecond: 480_000,
    packets: 10,
    bytes: 12_000,
    lossRatio: 0.05,
    roundTripMilliseconds: 31.4,
    jitterMilliseconds: 2,
    keyFrameRequests: 1,
    nacksReceived: 7,
    retransmitted: 6,
    estimatedBitsPerSecond: null,
    videoPaused: false,
    layer: 'h',
    layerReduced: true,
    freezes: 3,
    frozenSeconds: 1.25,
  } as const
  const groups = figureGroups(
    {
      visit: { visitId: 'v1', roomId: 's01-101', purpose: '', media: 'both', from: '', watermark: '' },
      state: 'playing',
      firstFrameMs: 87,
      browser,
      server: { roomId: 's01-101', camera: null, viewers: [{ ...viewer, visitId: 'other' }, viewer] },
    },
    (key) => key.split('.').at(-1)!,
  )
  const text = figuresAsText(groups, 'ticket')
  expect(text).toMatch(/^ticket\n/)
  expect(text).toContain('path: udp · prflx → host')
  expect(text).toContain('lost: 1 / 99 (1.00 %)')
  expect(text).toContain('sending\n  rate: 480 kbit/s\n  estimate: unlimited\n  lost: 5.00 %\n  roundTrip: 31 ms')
  expect(groups.map((group) => group.title)).toEqual(['visit', 'video', 'sending'])
})
