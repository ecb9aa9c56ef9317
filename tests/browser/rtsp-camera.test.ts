import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { screenshot } from './support/paths';
import { framesShown, signIn } from './support/people';
import { RtspCamera, streams } from './support/rtsp';
import { Server } from './support/server';

const room = 's02-101';
const user = 'admin';
const secret = 'Kamera-2026';

/** An administrator enters an RTSP camera; an inspector visits it. */
describe('an RTSP camera', () => {
  let server: Server;
  let browser: Browser;
  let camera: RtspCamera;
  let admin: Page;
  let errors: string[];

  beforeAll(async () => {
    server = await Server.start({ Cameras__SettledRetrySeconds: '2', Cameras__LongestRetrySeconds: '2' });
    browser = await launchBrowser();
    camera = await RtspCamera.start(streams.h265, user, secret);
    admin = await (await newContext(browser)).newPage();
    errors = collectErrors(admin, [/status of 401/]);
    await signIn(admin, server, 'administrator');
    await admin.goto(`${server.url}/admin/rooms?school=s02`);
  });

  afterAll(async () => {
    await browser?.close();
    await camera?.stop();
    await server?.dispose();
  });

  const row = () => admin.locator('tbody tr').first();
  const dialog = () => admin.getByRole('dialog');

  test('is entered on the room page, and a test says what is wrong with it', async () => {
    await row().getByRole('button', { name: /画面来源/ }).click();
    await dialog().getByRole('radio', { name: /RTSP/ }).check();
    await dialog().getByLabel('RTSP 地址').fill(camera.address);
    await dialog().getByLabel('用户名').fill(user);
    await dialog().getByLabel('密码').fill('falsch');
    await dialog().getByRole('button', { name: '测试连接' }).click();
    await dialog().getByText('摄像机不接受用户名或密码').waitFor({ timeout: 15_000 });
    await admin.screenshot({ path: screenshot('camera-dialog-zh') });

    await dialog().getByLabel('密码').fill(secret);
    await dialog().getByRole('button', { name: '测试连接' }).click();
    await dialog().getByText(/编码改为 H\.264.*\(H265\)/).waitFor({ timeout: 15_000 });
  });

  test('that cannot be shown says why and what to change, to the administrator and on the wall', async () => {
    await dialog().getByRole('button', { name: '保存' }).click();
    await row().getByText(/编码改为 H\.264/).waitFor({ timeout: 30_000 });
    expect(await admin.content()).not.toContain(secret);
    await admin.screenshot({ path: screenshot('camera-fault-zh') });

    const wall = await (await newContext(browser)).newPage();
    await signIn(wall, server, 'inspector');
    await wall.goto(`${server.url}/schools/s02`);
    await wall.locator(`[data-cell="${room}"]`).getByText('非 H.264').waitFor({ timeout: 15_000 });
    await wall.screenshot({ path: screenshot('camera-wall-zh') });
    await wall.context().close();
  });

  test('goes live by itself once its setting is changed, and is seen in a visit', async () => {
    await camera.stop();
    camera = await RtspCamera.start(streams.h264, user, secret, camera.port);
    await row().getByText('已连接').waitFor({ timeout: 30_000 });

    const visitor = await (await newContext(browser)).newPage();
    const visitorErrors = collectErrors(visitor, [/status of 401/]);
    await signIn(visitor, server, 'inspector');
    await visitor.goto(`${server.url}/rooms/${room}`);
    await visitor.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
    await visitor.locator('.stage.video').waitFor({ timeout: 30_000 });
    const before = await framesShown(visitor);
    await expect.poll(() => framesShown(visitor), { timeout: 20_000 }).toBeGreaterThan(before + 20);
    await visitor.screenshot({ path: screenshot('camera-visit-zh') });
    expect(visitorErrors).toEqual([]);

    await camera.stop();
    await visitor.getByText(/连不上摄像机|连接断开了/).first().waitFor({ timeout: 30_000 });
    await visitor.screenshot({ path: screenshot('camera-lost-zh') });
    await visitor.context().close();
  });

  test('is shown in English as well, and can be taken away', async () => {
    const context = await newContext(browser);
    await context.addInitScript(() => localStorage.setItem('xunke.locale', 'en'));
    const english = await context.newPage();
    await signIn(english, server, 'administrator');
    await english.goto(`${server.url}/admin/rooms?school=s02`);
    await english.locator('tbody tr').first().getByText(/nothing listens at this port/).waitFor({ timeout: 30_000 });
    await english.screenshot({ path: screenshot('camera-fault-en') });
    await english.locator('tbody tr').first().getByRole('button', { name: /^Set where/ }).click();
    await english.getByRole('dialog').getByText('A user and password are kept').waitFor();
    await english.screenshot({ path: screenshot('camera-dialog-en') });
    await english.getByRole('dialog').getByRole('radio', { name: /^WHIP/ }).check();
    await english.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await english.locator('tbody tr').first().getByText('/whip/').waitFor({ timeout: 15_000 });
    await context.close();
    expect(errors).toEqual([]);
  });
});
