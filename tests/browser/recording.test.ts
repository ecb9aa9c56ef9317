import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { Camera } from './support/camera';
import { screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Server } from './support/server';

const room = 's01-102';

/** A lesson is recorded, and played in the browser that schools use. */
describe('a recording', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
    camera = await Camera.open();
    page = await (await newContext(browser)).newPage();
    errors = collectErrors(page, [/status of 401/, /status of 404 .*\/whep\//]);
  });

  afterAll(async () => {
    await camera?.close();
    await browser?.close();
    await server?.dispose();
  });

  test('is begun by an administrator with a reason, and everybody in the room sees it', async () => {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, 'H264')).status).toBe(201);
    await signIn(page, server, 'administrator');
    await page.goto(`${server.url}/rooms/${room}`);
    await page.getByRole('dialog').getByRole('button', { name: '先不进入' }).click();
    await page.getByRole('button', { name: '录下这节课' }).click();
    const dialog = page.getByRole('dialog', { name: /录下/ });
    await dialog.getByPlaceholder(/事由/).fill('公开课存档');
    await page.screenshot({ path: screenshot('recording-dialog-zh') });
    await dialog.getByRole('button', { name: '开始录像' }).click();
    await page.getByText('正在录像').first().waitFor();

    const visitor = await (await newContext(browser, { locale: 'en' })).newPage();
    await signIn(visitor, server, 'inspector');
    await visitor.goto(`${server.url}/rooms/${room}`);
    await visitor.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
    await visitor.getByText('正在录像').first().waitFor();
    await visitor.locator('.stage.video').waitFor({ timeout: 20_000 });
    await visitor.screenshot({ path: screenshot('recording-visit-zh') });
    expect(await visitor.getByRole('button', { name: '停止录像' }).count()).toBe(0); // it is another's
    await visitor.context().close();
  });

  test('goes on in a new part when the camera comes again with another codec, and is stopped', async () => {
    await page.waitForTimeout(8_000); // something to seek in
    expect(await camera.hangUp()).toBe(200);
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, 'VP8')).status).toBe(201);
    await page.waitForTimeout(12_000);
    await page.getByRole('button', { name: '停止录像' }).click();
    await page.getByText('录像已保存').waitFor();
  });

  test('is listed with who, why and how long', async () => {
    await page.goto(`${server.url}/recordings`);
    const row = page.locator('table tbody tr').first();
    await row.waitFor();
    expect(await row.innerText()).toMatch(/公开课存档/);
    await page.screenshot({ path: screenshot('recordings-zh') });
    await row.getByRole('link', { name: /播放/ }).click();
    await page.getByTestId('player').waitFor();
  });

  test('plays with sound and picture under the watermark, and seeks within and across its parts', async () => {
    const length = Number(await page.locator('input[type=range]').getAttribute('max'));
    expect(length).toBeGreaterThan(16_000);
    const parts = await partsOf(page);
    expect(new Set(parts.map((part) => part.type))).toEqual(new Set(['video/x-matroska', 'video/webm'])); // H.264, then VP8
    const played = new Set<string>();
    for (const share of [0.05, 0.6, 0.25, 0.7, 0.4]) {
      await seek(page, Math.round(length * share));
      if (await playButton(page).isVisible()) await playButton(page).click();
      await expect.poll(() => advances(page), { timeout: 20_000, message: `plays from ${share}` }).toBe(true);
      expect(await brightness(page)).toBeGreaterThan(20);
      played.add((await partShown(page, parts)).type);
    }
    expect(played.size).toBe(2);
    expect(await page.getByTestId('player').evaluate((video) => (video as unknown as { webkitAudioDecodedByteCount: number }).webkitAudioDecodedByteCount)).toBeGreaterThan(0);
    await page.screenshot({ path: screenshot('player-zh') });
  });

  test('runs from one part into the next by itself, and ends at its end', async () => {
    const parts = await partsOf(page);
    const before = parts.findLastIndex((part) => part.type === 'video/x-matroska');
    await seek(page, parts[before]!.offsetMilliseconds + parts[before]!.lengthMilliseconds - 1_000);
    if (await playButton(page).isVisible()) await playButton(page).click();
    await expect.poll(async () => (await partShown(page, parts)).type, { timeout: 20_000 }).toBe('video/webm');
    const last = parts.at(-1)!;
    await seek(page, last.offsetMilliseconds + last.lengthMilliseconds - 800);
    await playButton(page).waitFor({ timeout: 20_000 });
  });

  test('speaks English too, and has no serious accessibility faults', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('slider', { name: 'Position' }).waitFor();
    await page.screenshot({ path: screenshot('player-en') });
    for (const path of [new URL(page.url()).pathname, '/recordings']) {
      await page.goto(server.url + path);
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(500); // lets the page's entrance settle: axe measures contrast on what is painted
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${path} ${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
    }
    await page.screenshot({ path: screenshot('recordings-en') });
  });

  test('is not there for who may not see it', async () => {
    const id = (await (await page.request.get(`${server.url}/api/recordings`)).json())[0].recordingId as string;
    const stranger = await (await newContext(browser)).newPage();
    await signIn(stranger, server, 'inspector');
    await stranger.goto(`${server.url}/recordings/${id}`);
    await stranger.getByText('没有这段录像').first().waitFor();
    await stranger.context().close();
  });

  test('nothing unexpected was written to the console', () => {
    expect(errors).toEqual([]);
  });
});

interface Part {
  url: string;
  type: string;
  offsetMilliseconds: number;
  lengthMilliseconds: number;
}

/** The files that the page plays, as the server tells them. */
async function partsOf(page: Page): Promise<Part[]> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`${origin}/api/recordings/${page.url().split('/').at(-1)}/plays`, { headers: { origin } });
  return ((await answer.json()) as { parts: Part[] }).parts;
}

async function partShown(page: Page, parts: Part[]): Promise<Part> {
  const source = await page.getByTestId('player').evaluate((video) => (video as HTMLVideoElement).currentSrc);
  return parts.find((part) => source.endsWith(part.url))!;
}

const playButton = (page: Page) => page.getByRole('button', { name: '播放', exact: true });

/** Moves the time line as a person drags it. */
async function seek(page: Page, to: number): Promise<void> {
  await page.locator('input[type=range]').evaluate((input, value) => {
    (input as HTMLInputElement).value = String(value);
    input.dispatchEvent(new Event('input'));
  }, to);
}

/** Whether the picture moves on within a second. */
async function advances(page: Page): Promise<boolean> {
  return page.getByTestId('player').evaluate(async (element) => {
    const video = element as HTMLVideoElement;
    const [time, frames] = [video.currentTime, video.getVideoPlaybackQuality().totalVideoFrames];
    await new Promise((later) => setTimeout(later, 700));
    return video.currentTime > time && video.getVideoPlaybackQuality().totalVideoFrames > frames;
  });
}

/** Mean of the picture's pixels, 0 to 255: a black one is near 0. */
async function brightness(page: Page): Promise<number> {
  return page.getByTestId('player').evaluate((video) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const context = canvas.getContext('2d')!;
    context.drawImage(video as HTMLVideoElement, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += data[i]! + data[i + 1]! + data[i + 2]!;
    return sum / (3 * 64 * 36);
  });
}
