import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, newContext } from '../support/browser';
import { Camera } from '../support/camera';
import { results } from '../support/paths';
import { cameraKey, signIn, tileOf } from '../support/people';
import { Server } from '../support/server';
import { Viewer } from '../support/viewer';
import { clockVideo, handsUpAt, prepareClockVideo, readClock, wallTimesOf } from './clock';

const room = 's01-101';
const views = 30;
const rounds = 7;
const reconnects = 20;
const loopSeconds = 13.7;

let server: Server;
let browser: Browser;
let camera: Camera;
let page: Page;

beforeAll(async () => {
  prepareClockVideo();
  server = await Server.start();
  camera = await Camera.open(clockVideo);
  browser = await launchBrowser();
  page = await (await newContext(browser)).newPage();
  const { whipUrl, key } = await cameraKey(server, room);
  expect((await camera.publish(whipUrl, key)).status).toBe(201);
  await signIn(page, server, 'inspector');
});

afterAll(async () => {
  await camera?.close();
  await browser?.close();
  await server?.dispose();
});

/** `bench/run live`: what a person waits for, in real browsers on one machine. The last line of live.json is the bench's result. */
test('measures the live path', async () => {
  await new Promise((warm) => setTimeout(warm, 60_000)); // the publisher's bitrate and the seats settle
  const firstFrames = await measureFirstFrames(page);
  const delays = await measureDelays();
  const returns = await measureReconnects();
  const result = {
    bench: 'live',
    ratio: round(quantile(firstFrames, 0.5) / 300),
    goal: 1.0,
    what: 'median time from the viewer\'s POST to its first frame in Chromium, over 300 ms; at most 1 is good',
    firstFrameP50Ms: quantile(firstFrames, 0.5),
    firstFrameP95Ms: quantile(firstFrames, 0.95),
    views: firstFrames.length,
    raisedHandToDashboardP50Ms: quantile(delays.hands, 0.5),
    raisedHandToDashboardP95Ms: quantile(delays.hands, 0.95),
    raises: delays.hands.length,
    raisesMissed: delays.missed,
    glassToGlassP50Ms: quantile(delays.glass, 0.5),
    glassToGlassP95Ms: quantile(delays.glass, 0.95),
    reconnectToFrameP50Ms: quantile(returns, 0.5),
    reconnectToFrameP95Ms: quantile(returns, 0.95),
    reconnects: returns.length,
  };
  writeFileSync(resolve(results, 'live.json'), `${JSON.stringify(result)}\n`);
}, 420_000);

/** Opens the room again and again, as the visit page does, and times POST to the first frame on the screen. */
async function measureFirstFrames(page: Page): Promise<number[]> {
  return page.evaluate(async ({ room, views }) => {
    const visit = await (await fetch('/api/visits', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ roomId: room, purpose: '性能测量' }),
    })).json();
    const times: number[] = [];
    for (let i = 0; i < views; i++) {
      const connection = new RTCPeerConnection();
      const video = document.body.appendChild(Object.assign(document.createElement('video'), { muted: true, autoplay: true }));
      const stream = new MediaStream();
      video.srcObject = stream;
      connection.ontrack = ({ track }) => stream.addTrack(track);
      connection.addTransceiver('audio', { direction: 'recvonly' });
      connection.addTransceiver('video', { direction: 'recvonly' });
      await connection.setLocalDescription();
      const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      const start = performance.now();
      const response = await fetch(`/whep/${room}?visitId=${visit.visitId}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: connection.localDescription!.sdp,
      });
      if (response.status !== 201) throw new Error(`WHEP answered ${response.status}: ${await response.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
      await shown;
      times.push(performance.now() - start);
      await fetch(response.headers.get('Location')!, { method: 'DELETE' });
      connection.close();
      video.remove();
      await new Promise((next) => setTimeout(next, 400)); // key frames are asked for at most twice a second
    }
    await fetch(`/api/visits/${visit.visitId}`, { method: 'DELETE' });
    return times;
  }, { room, views });
}

/** Lets the loop run some rounds and compares what the camera showed, what the visitor saw, and what the tile counted. */
async function measureDelays(): Promise<{ hands: number[]; missed: number; glass: number[] }> {
  const wall = await page.context().newPage();
  await wall.goto(`${server.url}/schools/s01`);
  const count = tileOf(wall, room).locator('.raised b');
  await count.waitFor();
  await count.evaluate((element) => {
    const counts: { wall: number; hands: number }[] = [];
    Object.assign(window, { counts });
    const note = () => counts.push({ wall: Date.now(), hands: Number(element.textContent) });
    new MutationObserver(note).observe(element, { characterData: true, childList: true, subtree: true });
    note();
  });
  await page.goto(`${server.url}/rooms/${room}`);
  await page.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
  await page.locator('.stage.video').waitFor();

  const shown = await camera.readClock();
  const seen = await readClock(page);
  await new Promise((over) => setTimeout(over, (rounds + 0.5) * loopSeconds * 1000));
  const [sent, received] = [await shown(), await seen()];
  const counts = await wall.evaluate(() => (window as unknown as { counts: { wall: number; hands: number }[] }).counts);

  const hands: number[] = [];
  let missed = 0;
  handsUpAt(3).forEach((clip, index) => {
    for (const raised of wallTimesOf(clip, sent)) {
      if (raised > sent.at(-1)!.wall - 5_000) continue;
      const counted = counts.find((c) => c.wall >= raised - 200 && c.wall < raised + 5_000 && c.hands > index);
      if (counted) hands.push(counted.wall - raised);
      else missed++;
    }
  });
  const glass = received.flatMap(({ wall, frame }) => {
    const origin = sent.findLast((tick) => tick.wall <= wall && tick.frame === frame);
    return origin && wall - origin.wall < 5_000 ? [wall - origin.wall] : [];
  });
  return { hands, missed, glass };
}

/** Lets the camera hang up and come back, and times its offer to the next frame that a viewer is shown in its old session. */
async function measureReconnects(): Promise<number[]> {
  const { whipUrl, key } = await cameraKey(server, room);
  const viewer = await Viewer.open(browser, server, room);
  const times: number[] = [];
  for (let i = 0; i < reconnects; i++) {
    await camera.hangUp();
    await new Promise((silent) => setTimeout(silent, 2_000));
    await viewer.look();
    const { offeredAt } = await camera.publish(whipUrl, key);
    await new Promise((watched) => setTimeout(watched, 2_000));
    const { frames, clockOrigin, connected } = await viewer.look();
    expect(connected).toBe(true);
    const first = frames.map((frame) => clockOrigin + frame).find((frame) => frame > offeredAt!);
    times.push(first === undefined ? Number.POSITIVE_INFINITY : first - offeredAt!);
  }
  await viewer.close();
  return times;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
