import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { Camera } from '../support/camera';
import { LossyRelay, type PathConditions } from '../support/lossy-relay';
import { results } from '../support/paths';
import { cameraKey } from '../support/people';
import { Server } from '../support/server';
import { freezesIn, Viewer } from '../support/viewer';

const room = 's01-101';
const minutes = Number(process.env.NETWORK_MINUTES ?? 3);
const badPath: PathConditions = { loss: 0.05, delayMs: 40, jitterMs: 30 };

type Figures = Record<string, number>;

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

/** `bench/run network`: a visit over bad paths, in real browsers. The last line of network.json is the bench's result. */
test('measures a bad network', async () => {
  const settled = await measureSettling();
  const clean = await measureFreezes({}, {});
  const uplink = await measureFreezes(badPath, {});
  const downlink = await measureFreezes({}, badPath);
  const bad = await measureFreezes(badPath, badPath);
  const result = {
    bench: 'network',
    ratio: round(bad.freezesPerMinute!),
    goal: 1.0,
    what: 'freezes over 200 ms a minute, with 5 % loss and 40 +- 30 ms with reordering both ways on both hops; under 1 is good',
    minutes,
    ...settled,
    clean,
    uplink,
    downlink,
    both: bad,
  };
  writeFileSync(resolve(results, 'network.json'), `${JSON.stringify(result)}\n`);
}, 1_800_000);

/** How long Chromium's bandwidth estimate takes to reach what its encoder wants at most, on a path without limits. */
async function measureSettling(): Promise<Figures> {
  const camera = await Camera.open();
  try {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key)).status).toBe(201);
    const start = Date.now();
    const samples: { at: number; target: number; available: number }[] = [];
    while (Date.now() - start < 15_000) {
      const { targetBitrate, availableBitrate } = await camera.sending();
      samples.push({ at: Date.now() - start, target: targetBitrate, available: availableBitrate });
      await new Promise((next) => setTimeout(next, 100));
    }
    const most = Math.max(...samples.map((sample) => sample.target));
    const late = samples.filter((sample) => sample.target < 0.9 * most).at(-1)?.at ?? 0;
    return {
      encoderBitrate: most,
      settledMs: late,
      availableAfter5s: samples.filter((sample) => sample.at <= 5_000).at(-1)!.available,
    };
  } finally {
    await camera.hangUp();
    await camera.close();
  }
}

/** Watches a camera for some minutes: the camera over one path to the server, the viewer over another. */
async function measureFreezes(uplink: PathConditions, downlink: PathConditions): Promise<Figures> {
  const up = await LossyRelay.start(server.mediaPort, uplink, 1);
  const down = await LossyRelay.start(server.mediaPort, downlink, 2);
  const camera = await Camera.open();
  try {
    await camera.goThrough(up);
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key)).status).toBe(201);
    const viewer = await Viewer.open(browser, server, room, down);
    await new Promise((settled) => setTimeout(settled, 10_000));
    const before = await viewer.look();
    await new Promise((over) => setTimeout(over, minutes * 60_000));
    const seen = await viewer.look();
    const sent = await camera.sending();
    await viewer.close();
    const freezes = freezesIn(seen.frames);
    return {
      freezesPerMinute: round(freezes.length / minutes),
      longestFreezeMs: Math.round(Math.max(0, ...freezes)),
      heldMs: Math.round(seen.held.sort((a, b) => a - b)[seen.held.length >> 1]!),
      framesPerSecond: round(seen.frames.length / (minutes * 60)),
      chromiumFreezes: seen.freezeCount - before.freezeCount,
      audioConcealed: round((seen.concealedSamples - before.concealedSamples) / (seen.totalSamplesReceived - before.totalSamplesReceived)),
      datagramsLost: up.lost + down.lost,
      lostAtFirst: seen.packetsLost - before.packetsLost,
      publisherRetransmissions: sent.retransmittedPacketsSent,
      viewerRetransmissions: seen.retransmittedPacketsReceived,
      keyFrameRequests: sent.pliCount,
      targetBitrate: sent.targetBitrate,
    };
  } finally {
    await camera.close();
    up.close();
    down.close();
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
