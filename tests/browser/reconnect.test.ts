import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser';
import { Camera } from './support/camera';
import { cameraKey } from './support/people';
import { Server } from './support/server';
import { Viewer } from './support/viewer';

const room = 's01-101';

/** A camera comes back; whoever watches goes on watching. `bench/run live` times it. */
describe('a camera that reconnects', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let viewer: Viewer;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
    camera = await Camera.open();
    await publish();
    viewer = await Viewer.open(browser, server, room);
  });

  afterAll(async () => {
    await camera?.close();
    await browser?.close();
    await server?.dispose();
  });

  async function publish(): Promise<void> {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key)).status).toBe(201);
  }

  /** Frames between two looks, two seconds apart. */
  const seen = async () => (await viewer.look()).frames.length;
  const looking = { timeout: 40_000, interval: 2_000 };

  test.each([
    ['after it has hung up', async () => expect(await camera.hangUp()).toBe(200)],
    ['while its old session still counts as alive', async () => undefined],
  ])('%s keeps its viewers in their session, whose numbering goes on', { timeout: 120_000 }, async (_, leave) => {
    await expect.poll(seen, looking).toBeGreaterThan(10);
    const before = await viewer.look();
    await leave();
    await publish();

    await expect.poll(seen, looking).toBeGreaterThan(10);
    const after = await viewer.look();
    expect(after.connected).toBe(true);
    expect(after.source).toBe(before.source);
    // A sequence that began anew would count as thousands of lost packets, or as none that can be played.
    expect(after.packetsLost - before.packetsLost).toBeLessThan(100);
  });
});
