import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { type Tick, readClock } from '../measure/clock';
import { browserOptions } from './browser';
import { cameraVideo } from './clip';
import type { LossyRelay } from './lossy-relay';

export interface Publication {
  status: number;
  /** When the offer was sent, as Date.now() has it. */
  offeredAt?: number;
  problem?: { code?: string; title?: string; detail?: string };
}

/** Three layers, as a browser that offers simulcast sends them; the middle one fills a path of 500 kbit/s alone. */
export const simulcast: RTCRtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: 'f', maxBitrate: 1_500_000 },
];

/** What Chromium says of the path and of its encoder. */
export interface Sending {
  /** Bits per second that its bandwidth estimate allows, and that its encoder is told to make. */
  availableBitrate: number;
  targetBitrate: number;
  bytesSent: number;
  retransmittedPacketsSent: number;
  nackCount: number;
  pliCount: number;
}

/** What the page keeps of a running session. */
interface Session {
  connection: RTCPeerConnection;
  resource: string;
  key: string;
}

/**
 * A camera in its own Chromium, on a page of somebody else's site: it knows a WHIP address and a key, nothing more.
 * It shows the demo clip.
 */
export class Camera {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly kill: () => Promise<void>,
    private readonly closeSite: () => void,
  ) {}

  /** @param video what it shows, as MJPEG */
  static async open(video = cameraVideo): Promise<Camera> {
    const site = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>camera</title>'));
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    const server = await chromium.launchServer(browserOptions(video));
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    return new Camera(browser, page, () => server.kill(), () => site.close());
  }

  /**
   * Publishes by WHIP (RFC 9725) and waits until media can flow. A refusal is returned, not thrown.
   *
   * @param over 'tcp' for a camera that UDP does not reach: it does not get to see the server's UDP candidates
   * @param layers the encodings of simulcast; none for one plain stream
   * @param packetization the packetization mode of H.264 that alone is offered; all where none is named
   */
  publish(whipUrl: string, key: string, codec: 'H264' | 'VP8' = 'H264', over: 'udp' | 'tcp' = 'udp', layers: RTCRtpEncodingParameters[] = [], packetization?: 0 | 1): Promise<Publication> {
    return this.page.evaluate(async ({ whipUrl, key, codec, over, layers, packetization }) => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720, frameRate: 15 } });
      const connection = new RTCPeerConnection();
      for (const track of stream.getTracks()) {
        const sendEncodings = track.kind === 'video' ? layers : [];
        const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [stream], sendEncodings });
        if (track.kind !== 'video') continue;
        const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
        // With retransmissions on a stream of their own, as browsers offer them: without, Chromium's padding counts as
        // video, and a lost piece of padding is a gap that nobody can ever fill.
        transceiver.setCodecPreferences(codecs.filter((c) => c.mimeType === 'video/rtx'
          || (c.mimeType === `video/${codec}` && (packetization === undefined || c.sdpFmtpLine?.includes(`packetization-mode=${packetization}`)))));
      }
      await connection.setLocalDescription();
      const offeredAt = Date.now();
      const response = await fetch(whipUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${key}` },
        body: connection.localDescription!.sdp,
      });
      if (response.status !== 201) return { status: response.status, problem: await response.json() };
      const answer = await response.text();
      const sdp = over === 'tcp' ? answer.replace(/a=candidate:\S+ 1 udp .*\r\n/g, '') : answer;
      await connection.setRemoteDescription({ type: 'answer', sdp });
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          if (connection.connectionState === 'connected') resolve();
          if (connection.connectionState === 'failed') reject(new Error('the connection failed'));
        };
        connection.onconnectionstatechange = look;
        look();
      });
      const resource = new URL(response.headers.get('Location')!, whipUrl).href;
      Object.assign(window, { session: { connection, resource, key } satisfies Session });
      return { status: 201, offeredAt };
    }, { whipUrl, key, codec, over, layers, packetization });
  }

  /** The transport protocol of the path in use. */
  protocol(): Promise<string | undefined> {
    return this.page.evaluate(async () => {
      const { session } = window as unknown as { session: Session };
      const stats = await session.connection.getStats();
      const transport = [...stats.values()].find((report) => report.type === 'transport');
      const pair = stats.get(transport?.selectedCandidatePairId);
      return stats.get(pair?.remoteCandidateId)?.protocol as string | undefined;
    });
  }

  /** From now on its sessions go over a bad path. */
  goThrough(relay: LossyRelay): Promise<void> {
    return relay.carry(this.page);
  }

  /** How the camera's sending stands now. */
  sending(): Promise<Sending> {
    return this.page.evaluate(async () => {
      const { session } = window as unknown as { session: Session };
      const stats = [...(await session.connection.getStats()).values()];
      const video = stats.find((stat) => stat.type === 'outbound-rtp' && stat.kind === 'video');
      const pair = stats.find((stat) => stat.type === 'candidate-pair' && stat.availableOutgoingBitrate !== undefined);
      return {
        availableBitrate: pair?.availableOutgoingBitrate ?? 0,
        targetBitrate: video?.targetBitrate ?? 0,
        bytesSent: video?.bytesSent ?? 0,
        retransmittedPacketsSent: video?.retransmittedPacketsSent ?? 0,
        nackCount: video?.nackCount ?? 0,
        pliCount: video?.pliCount ?? 0,
      };
    });
  }

  /** Shows the camera's own picture on its page and notes the clock drawn into it. */
  async readClock(): Promise<() => Promise<Tick[]>> {
    await this.page.evaluate(async () => {
      const { session } = window as unknown as { session: Session };
      const track = session.connection.getSenders().find((s) => s.track?.kind === 'video')!.track!;
      const video = Object.assign(document.createElement('video'), { muted: true, srcObject: new MediaStream([track]) });
      document.body.append(video);
      await video.play();
    });
    return readClock(this.page);
  }

  /** The picture stops while the line stays open, as when a recorder's encoder hangs; false brings it back. */
  async freeze(frozen: boolean): Promise<void> {
    await this.page.evaluate(async (frozen) => {
      const { session } = window as unknown as { session: Session & { track?: MediaStreamTrack } };
      const sender = session.connection.getSenders().find((s) => (s.track ?? session.track)?.kind === 'video')!;
      session.track ??= sender.track!;
      await sender.replaceTrack(frozen ? null : session.track);
    }, frozen);
  }

  /** Ends the session as a well-behaved publisher does; returns the answer's status. */
  async hangUp(): Promise<number> {
    return this.page.evaluate(async () => {
      const { session } = window as unknown as { session: Session };
      const response = await fetch(session.resource, { method: 'DELETE', headers: { Authorization: `Bearer ${session.key}` } });
      session.connection.close();
      return response.status;
    });
  }

  /** Dies without a word, as a camera that loses its power does. */
  async pullThePlug(): Promise<void> {
    await this.kill();
    this.closeSite();
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => undefined); // it may have lost its power already
    await this.pullThePlug();
  }
}
