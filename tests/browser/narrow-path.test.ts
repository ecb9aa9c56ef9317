import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser';
import { Camera, simulcast } from './support/camera';
import { LossyRelay } from './support/lossy-relay';
import { cameraKey } from './support/people';
import { Server } from './support/server';
import { Viewer } from './support/viewer';

const room = 's01-101';

/** A viewer on 500 kbit/s beside one on loopback, both real browsers. */
describe('a narrow path', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera | undefined;
  let relay: LossyRelay | undefined;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
  });

  afterEach(async () => {
    await camera?.close();
    relay?.close();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  async function publish(codec: 'H264' | 'VP8', encodings: RTCRtpEncodingParameters[]): Promise<void> {
    camera = await Camera.open();
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, codec, 'udp', encodings)).status).toBe(201);
  }

  test.each(['H264', 'VP8'] as const)('gets the %s simulcast layer that it carries, the wide path the best', { timeout: 180_000 }, async (codec) => {
    await publish(codec, simulcast);
    const wide = await Viewer.open(browser, server, room);
    await expect.poll(async () => (await wide.state(room)).width, { timeout: 40_000, interval: 500 }).toBe(1280);
    relay = await LossyRelay.start(server.mediaPort, { bitsPerSecond: 500_000 }, 1);
    const narrow = await Viewer.open(browser, server, room, relay);
    await expect.poll(async () => (await narrow.state(room)).width, { timeout: 30_000, interval: 500 }).toBeLessThan(1280);

    await new Promise((watched) => setTimeout(watched, 5_000));
    const [before, wideBefore] = [await narrow.look(), await wide.look()];
    await new Promise((watched) => setTimeout(watched, 10_000));
    const [after, wideAfter] = [await narrow.look(), await wide.look()];

    expect((await narrow.state(room)).videoPaused).toBe(false);
    expect(['q', 'h']).toContain((await narrow.state(room)).layer);
    expect(after.frames.length).toBeGreaterThan(60);
    expect(after.totalSamplesReceived - before.totalSamplesReceived).toBeGreaterThan(48_000 * 8);
    expect((await wide.state(room)).width).toBe(1280);
    expect(wideAfter.frames.length).toBeGreaterThan(60);
    // A busy machine may lose it a picture now and then.
    expect(wideAfter.pliCount - wideBefore.pliCount).toBeLessThan(3);

    relay.conditions.bitsPerSecond = 20_000_000;
    await expect.poll(async () => (await narrow.state(room)).width, { timeout: 60_000, interval: 500 }).toBe(1280);
    await narrow.look();
    await expect.poll(async () => (await narrow.look()).frames.length, { timeout: 10_000, interval: 2_000 }).toBeGreaterThan(15);
    await narrow.close();
    await wide.close();
  });

  test('of one stream in temporal layers gets the base pictures, and all of them when the path widens', { timeout: 240_000 }, async () => {
    await publish('VP8', [{ maxBitrate: 800_000, scalabilityMode: 'L1T3' } as RTCRtpEncodingParameters]);
    const wide = await Viewer.open(browser, server, room);
    await new Promise((risen) => setTimeout(risen, 8_000));
    relay = await LossyRelay.start(server.mediaPort, { bitsPerSecond: 750_000 }, 1);
    const narrow = await Viewer.open(browser, server, room, relay);
    await expect.poll(async () => (await narrow.state(room)).layerReduced, { timeout: 30_000, interval: 500 }).toBe(true);

    await expect.poll(async () => {
      await Promise.all([narrow.look(), wide.look()]);
      await new Promise((watched) => setTimeout(watched, 6_000));
      const [few, all] = [await narrow.look(), await wide.look()];
      return few.frames.length > 12 && few.frames.length < 0.6 * all.frames.length && all.frames.length > 60;
    }, { timeout: 60_000 }).toBe(true);
    expect((await narrow.state(room)).videoPaused).toBe(false);

    relay.conditions.bitsPerSecond = 20_000_000;
    await expect.poll(async () => (await narrow.state(room)).layerReduced, { timeout: 60_000, interval: 500 }).toBe(false);
    await narrow.look();
    await new Promise((watched) => setTimeout(watched, 6_000));
    expect((await narrow.look()).frames.length).toBeGreaterThan(60);
    await narrow.close();
    await wide.close();
  });

  test('without layers keeps the sound, pauses the picture, and gets it back when the path widens', { timeout: 120_000 }, async () => {
    await publish('H264', [{ maxBitrate: 1_500_000 }]);
    const wide = await Viewer.open(browser, server, room);
    await new Promise((risen) => setTimeout(risen, 5_000));
    relay = await LossyRelay.start(server.mediaPort, { bitsPerSecond: 500_000 }, 1);
    const narrow = await Viewer.open(browser, server, room, relay);
    await expect.poll(async () => (await narrow.state(room)).videoPaused, { timeout: 30_000, interval: 500 }).toBe(true);

    const [before, wideBefore] = [await narrow.look(), await wide.look()];
    await new Promise((heard) => setTimeout(heard, 8_000));
    const [after, wideAfter] = [await narrow.look(), await wide.look()];
    const heard = after.totalSamplesReceived - before.totalSamplesReceived;
    expect(heard).toBeGreaterThan(48_000 * 6);
    expect(wideAfter.frames.length).toBeGreaterThan(60);
    // A busy machine may lose it a picture now and then.
    expect(wideAfter.pliCount - wideBefore.pliCount).toBeLessThan(3);

    relay.conditions.bitsPerSecond = 20_000_000;
    await expect.poll(async () => (await narrow.state(room)).videoPaused, { timeout: 60_000, interval: 500 }).toBe(false);
    await narrow.look();
    await expect.poll(async () => (await narrow.look()).frames.length, { timeout: 10_000, interval: 2_000 }).toBeGreaterThan(15);
    await narrow.close();
    await wide.close();
  });
});
