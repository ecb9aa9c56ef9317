import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { Camera, simulcast } from '../support/camera';
import { LossyRelay } from '../support/lossy-relay';
import { results } from '../support/paths';
import { cameraKey } from '../support/people';
import { Server } from '../support/server';
import { freezesIn, Viewer } from '../support/viewer';

const room = 's01-101';
const rounds = Number(process.env.LAYERS_ROUNDS ?? 5);
const codecs = ['H264', 'VP8'] as const;
const [settlingMs, watchedMs] = [5_000, 40_000];

interface Seen {
  frames: number;
  freezes: number[];
}

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** `bench/run layers`: viewers on 500 kbit/s and on loopback beside each other. The last line of layers.json is the bench's result. */
test('measures layers', async () => {
  const figures: Record<string, object> = {};
  const narrow: Seen[] = [];
  for (const codec of codecs) {
    const seen: { narrow: Seen; wide: Seen }[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await watch(codec));
    figures[codec] = { narrow: sum(seen.map((one) => one.narrow)), wide: sum(seen.map((one) => one.wide)) };
    narrow.push(...seen.map((one) => one.narrow));
  }
  const result = {
    bench: 'layers',
    ratio: sum(narrow).freezesPerMinute,
    goal: 1.0,
    what: 'freezes over half a second a minute of a viewer on 500 kbit/s of a camera with simulcast, from 5 s after its first picture on; under 1 is good',
    rounds,
    ...figures,
  };
  writeFileSync(resolve(results, 'layers.json'), `${JSON.stringify(result)}\n`);
}, 3_600_000);

async function watch(codec: 'H264' | 'VP8'): Promise<{ narrow: Seen; wide: Seen }> {
  const relay = await LossyRelay.start(server.mediaPort, { bitsPerSecond: 500_000 }, 1);
  const camera = await Camera.open();
  try {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, codec, 'udp', simulcast)).status).toBe(201);
    const wide = await Viewer.open(browser, server, room);
    await expect.poll(async () => (await wide.state(room)).width, { timeout: 40_000, interval: 500 }).toBe(1280);
    const narrow = await Viewer.open(browser, server, room, relay);
    await new Promise((settled) => setTimeout(settled, settlingMs));
    await Promise.all([wide.look(), narrow.look()]);
    await new Promise((over) => setTimeout(over, watchedMs));
    const [all, few] = await Promise.all([wide.look(), narrow.look()]);
    await Promise.all([wide.close(), narrow.close()]);
    return { narrow: seenIn(few.frames), wide: seenIn(all.frames) };
  } finally {
    await camera.close();
    relay.close();
  }
}

/** The first frame is the last one from before; a freeze that lasts to the end counts as well. */
function seenIn(frames: number[]): Seen {
  return { frames: frames.length - 1, freezes: freezesIn([...frames, frames[0]! + watchedMs], 500) };
}

function sum(seen: Seen[]): { freezesPerMinute: number; longestFreezeMs: number; framesPerSecond: number } {
  const seconds = (seen.length * watchedMs) / 1000;
  const freezes = seen.flatMap((one) => one.freezes);
  return {
    freezesPerMinute: round((freezes.length * 60) / seconds),
    longestFreezeMs: Math.round(Math.max(0, ...freezes)),
    framesPerSecond: round(seen.reduce((frames, one) => frames + one.frames, 0) / seconds),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
