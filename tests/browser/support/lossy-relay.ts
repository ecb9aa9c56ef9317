import { createSocket, type Socket } from 'node:dgram';
import type { Page } from 'playwright-core';

/** What one direction of a path does to datagrams, as netem would; perfect unless told otherwise. The C# tests' relay has the same. */
export interface PathConditions {
  /** The share of RTP and RTCP datagrams that is lost, 0..1. STUN and DTLS pass. */
  loss?: number;
  /** How long every datagram takes, and up to how much more or less each one takes; that reorders them. */
  delayMs?: number;
  jitterMs?: number;
  /** The rate at which datagrams leave, UDP and IP headers counted, and how long one may wait for its turn before it is lost. */
  bitsPerSecond?: number;
  queueMs?: number;
}

/** A UDP relay between any number of browsers and the media server, each over a bad path of its own. */
export class LossyRelay {
  /** Datagrams lost so far, both ways. */
  lost = 0;

  private readonly upstreams = new Map<string, Socket>();
  /** When each direction's link is free again. */
  private readonly free = new Map<string, number>();
  private readonly random: () => number;

  private constructor(
    private readonly peerSide: Socket,
    private readonly serverPort: number,
    readonly conditions: PathConditions,
    seed: number,
  ) {
    this.random = seeded(seed);
    peerSide.on('message', (datagram, from) => {
      const upstream = this.upstream(from.address, from.port);
      this.pass(datagram, `${from.port} up`, () => upstream.send(datagram, serverPort, '127.0.0.1'));
    });
  }

  static async start(serverPort: number, conditions: PathConditions, seed: number): Promise<LossyRelay> {
    const socket = createSocket('udp4');
    await new Promise<void>((bound) => socket.bind(0, '0.0.0.0', bound));
    return new LossyRelay(socket, serverPort, conditions, seed);
  }

  /** From now on the page's sessions with the server go through the relay: it stands in the answers in the server's place. */
  async carry(page: Page): Promise<void> {
    const { port } = this.peerSide.address();
    await page.route(/\/(whip|whep)\//, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const response = await route.fetch();
      const lines = (await response.text()).split('\r\n').filter((line) => !/^a=candidate:.* tcp /i.test(line));
      const body = lines.map((line) => line.replace(` ${this.serverPort} typ`, ` ${port} typ`)).join('\r\n');
      await route.fulfill({ response, body });
    });
  }

  close(): void {
    this.peerSide.close();
    for (const upstream of this.upstreams.values()) upstream.close();
  }

  private upstream(address: string, port: number): Socket {
    const peer = `${address}:${port}`;
    let upstream = this.upstreams.get(peer);
    if (!upstream) {
      upstream = createSocket('udp4');
      upstream.on('message', (datagram) => this.pass(datagram, `${port} down`, () => this.peerSide.send(datagram, port, address)));
      this.upstreams.set(peer, upstream);
    }
    return upstream;
  }

  /** How long a datagram waits for its turn, in ms; undefined when that would be too long. */
  private queue(bytes: number, direction: string): number | undefined {
    const { bitsPerSecond, queueMs = 500 } = this.conditions;
    if (bitsPerSecond === undefined) return 0;
    const now = performance.now();
    const start = Math.max(now, this.free.get(direction) ?? 0);
    if (start - now > queueMs) return undefined;
    const end = start + (bytes * 8 * 1000) / bitsPerSecond;
    this.free.set(direction, end);
    return end - now;
  }

  private pass(datagram: Buffer, direction: string, send: () => void): void {
    const { loss = 0, delayMs = 0, jitterMs = 0 } = this.conditions;
    const isMedia = datagram[0]! >> 6 === 2; // RFC 7983 7
    if (isMedia && this.random() < loss) {
      this.lost++;
      return;
    }
    const queued = this.queue(datagram.length + 28, direction);
    if (queued === undefined) {
      this.lost++;
      return;
    }
    const wait = queued + delayMs + jitterMs * (2 * this.random() - 1);
    setTimeout(() => {
      try {
        send();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING') throw error; // closed meanwhile
      }
    }, Math.max(0, wait));
  }
}

/** A small generator of even numbers in 0..1 (mulberry32), the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
