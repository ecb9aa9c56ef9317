import type { Browser, Page } from 'playwright-core';
import { newContext } from './browser';
import type { LossyRelay } from './lossy-relay';
import { password, type Server } from './server';

/** What a viewer saw since the last look. */
export interface Watched {
  /** The frames' moments on the page's clock, in ms. */
  frames: number[];
  /** How long each was held between the coming of its last packet and the screen, in ms. */
  held: number[];
  /** What Date.now() was when the page's clock began. */
  clockOrigin: number;
  /** The video's source as the server sends it, and whether the connection still stands. */
  source: number;
  connected: boolean;
  /** Chromium's own counts, since the connection began. */
  freezeCount: number;
  totalFreezesDuration: number;
  packetsLost: number;
  nackCount: number;
  pliCount: number;
  retransmittedPacketsReceived: number;
  concealedSamples: number;
  totalSamplesReceived: number;
}

/** A viewer's path, as the server sees it. */
export interface PathState {
  width: number;
  layer: string | null;
  layerReduced: boolean;
  videoPaused: boolean;
  estimatedBitsPerSecond: number | null;
}

interface Watching {
  connection: RTCPeerConnection;
  frames: number[];
  held: number[];
}

/** An inspector's bare WHEP session, without the visit page around it: what is measured is the path. */
export class Viewer {
  private constructor(private readonly page: Page) {}

  /** Signs in and watches a room; returns when the first frame is shown. */
  static async open(browser: Browser, server: Server, room: string, relay?: LossyRelay): Promise<Viewer> {
    const page = await (await newContext(browser)).newPage();
    await page.goto(`${server.url}/health/ready`);
    await relay?.carry(page);
    await page.evaluate(async ({ room, password }) => {
      const json = (path: string, body: object) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      await json('/api/session', { userName: 'inspector', password });
      const visit = await (await json('/api/visits', { roomId: room, purpose: '网络测量' })).json();
      const connection = new RTCPeerConnection();
      const video = document.body.appendChild(Object.assign(document.createElement('video'), { muted: true, autoplay: true }));
      const stream = new MediaStream();
      video.srcObject = stream;
      connection.ontrack = ({ track }) => stream.addTrack(track);
      connection.addTransceiver('audio', { direction: 'recvonly' });
      connection.addTransceiver('video', { direction: 'recvonly' });
      await connection.setLocalDescription();
      const [frames, held]: [number[], number[]] = [[], []];
      const shown = new Promise<void>((first) => {
        const note = (now: number, frame: VideoFrameCallbackMetadata) => {
          frames.push(now);
          held.push(now - frame.receiveTime!);
          first();
          video.requestVideoFrameCallback(note);
        };
        video.requestVideoFrameCallback(note);
      });
      const response = await fetch(`/whep/${room}?visitId=${visit.visitId}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: connection.localDescription!.sdp,
      });
      if (response.status !== 201) throw new Error(`WHEP answered ${response.status}: ${await response.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
      Object.assign(window, { watching: { connection, frames, held } satisfies Watching });
      await shown;
    }, { room, password });
    return new Viewer(page);
  }

  /** What was seen since the last call, or since the first frame. */
  look(): Promise<Watched> {
    return this.page.evaluate(async () => {
      const { watching } = window as unknown as { watching: Watching };
      const frames = watching.frames.splice(0);
      watching.frames.push(...frames.slice(-1));
      const inbound = [...(await watching.connection.getStats()).values()].filter((stat) => stat.type === 'inbound-rtp');
      const video = inbound.find((stat) => stat.kind === 'video');
      const audio = inbound.find((stat) => stat.kind === 'audio');
      return {
        frames,
        held: watching.held.splice(0),
        clockOrigin: performance.timeOrigin,
        source: video.ssrc,
        connected: watching.connection.connectionState === 'connected',
        freezeCount: video.freezeCount,
        totalFreezesDuration: video.totalFreezesDuration,
        packetsLost: video.packetsLost,
        nackCount: video.nackCount,
        pliCount: video.pliCount,
        retransmittedPacketsReceived: video.retransmittedPacketsReceived,
        concealedSamples: audio?.concealedSamples ?? 0,
        totalSamplesReceived: audio?.totalSamplesReceived ?? 0,
      };
    });
  }

  /** The picture's width now, and what the server says of this viewer's path. */
  state(room: string): Promise<PathState> {
    return this.page.evaluate(async (room) => {
      const media = await (await fetch(`/api/rooms/${room}/media`)).json();
      return { width: document.querySelector('video')!.videoWidth, ...media.viewers.at(-1) };
    }, room);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** The gaps between a viewer's frames that are longer than a person overlooks, in ms. */
export function freezesIn(frames: number[], longerThanMs = 200): number[] {
  return frames.slice(1).map((frame, i) => frame - frames[i]!).filter((gap) => gap > longerThanMs);
}
