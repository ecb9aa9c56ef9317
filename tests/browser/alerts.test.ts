import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { Camera } from './support/camera';
import { faultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Server } from './support/server';

const minute = 60_000;
const room = 's01-901';
const two = (n: number) => String(n).padStart(2, '0');
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** A camera goes in school hours: the page says so by itself, somebody acknowledges by keyboard, and it ends by itself. */
describe('alerts', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let head: Page;
  let admin: Page;
  let errors: string[];
  let access: { whipUrl: string; key: string };

  beforeAll(async () => {
    server = await Server.start({ Alerts__RestartGraceSeconds: '0' });
    browser = await launchBrowser();
    camera = await Camera.open();
    admin = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    errors = collectErrors(admin, [/status of 401/]);
    await signIn(admin, server, 'administrator');
    await layOut(admin.request, server);
    head = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    errors.push(...collectErrors(head, [/status of 401/]));
    await signIn(head, server, 'principal');
    access = await cameraKey(server, room);
    expect((await camera.publish(access.whipUrl, access.key, 'H264')).status).toBe(201);
    // Until the server has seen a picture.
    await new Promise((seen) => setTimeout(seen, 8000));
  });

  afterAll(async () => {
    await camera?.close();
    await browser?.close();
    await server?.dispose();
  });

  test('it appears by itself, is acknowledged by keyboard and ends by itself', async () => {
    await head.goto(`${server.url}/alerts`);
    await head.getByText('现在没有预警').waitFor();
    await head.screenshot({ path: screenshot('alerts-none-zh') });
    expect(await camera.hangUp()).toBeLessThan(300);
    const row = head.locator('.alert', { hasText: '摄像机没有画面' });
    await row.waitFor({ timeout: minute });
    await head.screenshot({ path: screenshot('alerts-open-zh') });
    expect(await faultsOf(head, false)).toEqual([]);

    await head.keyboard.press('a');
    await head.getByRole('dialog', { name: '知悉' }).waitFor();
    await head.screenshot({ path: screenshot('alerts-acknowledge-zh') });
    await head.getByLabel(/说明/).press('Enter');
    await row.getByText('已知悉').waitFor();
    await head.getByRole('dialog', { name: '知悉' }).waitFor({ state: 'hidden' });

    await head.locator('h1').click();
    await head.keyboard.press('Enter');
    const drawer = head.getByRole('dialog');
    await drawer.getByText('正在处理').waitFor();
    await head.screenshot({ path: screenshot('alerts-drawer-zh') });
    await head.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    expect((await camera.publish(access.whipUrl, access.key, 'H264')).status).toBe(201);
    await row.waitFor({ state: 'detached', timeout: minute });
    await head.getByRole('button', { name: '已结束' }).click();
    await row.getByRole('button', { name: '关闭' }).click();
    await head.getByLabel(/误报/).check();
    await head.getByRole('dialog', { name: '关闭' }).getByRole('button', { name: '关闭', exact: true }).last().click();
    await row.waitFor({ state: 'detached' });
    await head.getByRole('button', { name: '全部' }).click();
    await row.getByText('误报').waitFor();
    await head.screenshot({ path: screenshot('alerts-all-zh') });
    expect(await faultsOf(head, false)).toEqual([]);
  }, 4 * minute);

  test('the administrator reads how often the rule was right, and changes it', async () => {
    await admin.goto(`${server.url}/alerts?state=all`);
    await admin.locator('.alert').first().waitFor();
    await admin.screenshot({ path: screenshot('alerts-administrator-zh') });
    await admin.getByRole('link', { name: '规则', exact: true }).click();
    const card = admin.locator('.rule', { hasText: '摄像机没有画面' });
    await card.getByText('0 条属实').waitFor();
    await card.getByLabel('持续几秒才报').fill('90');
    await card.getByRole('button', { name: '保存' }).click();
    await card.getByText('这一版还没有人判断').waitFor();
    await admin.screenshot({ path: screenshot('alert-rules-zh'), fullPage: true });
    expect(await faultsOf(admin, false)).toEqual([]);
    await head.setViewportSize({ width: 390, height: 844 });
    await head.screenshot({ path: screenshot('alerts-phone-zh') });
    expect(await faultsOf(head, true)).toEqual([]);
    await head.setViewportSize({ width: 1366, height: 768 });
    await head.getByRole('button', { name: 'English' }).click();
    await head.getByRole('heading', { name: 'Alerts' }).waitFor();
    await head.screenshot({ path: screenshot('alerts-en') });
    expect(errors).toEqual([]);
  }, 2 * minute);
});

/** A room, a day with a period now, and a quick rule. */
async function layOut(request: APIRequestContext, server: Server): Promise<void> {
  const send = async (method: 'post' | 'put', path: string, data: object) => {
    const answer = await request[method](`${server.url}${path}`, { headers: { origin: server.url }, data });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  await send('post', '/api/books/rooms', { id: room, schoolId: 's01', name: '一年级9班', grade: '一年级', enrolled: 40, use: 'classroom' });
  const now = new Date();
  const from = new Date(Math.max(now.getTime() - 30 * minute, new Date(now).setHours(0, 0, 0, 0)));
  const to = new Date(Math.min(now.getTime() + 60 * minute, new Date(now).setHours(23, 59, 0, 0)));
  await send('post', '/api/books/day-plans', {
    schoolId: 's01',
    name: '测试作息',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    periods: [{ number: 1, name: '第1节', kind: 'lesson', from: clock(from), to: clock(to) }],
  });
  await send('put', '/api/alerts/rules/cameraLost', {
    version: 0, isOn: true, severity: 'high', raiseAt: 0, clearAt: 0, holdSeconds: 5, clearHoldSeconds: 5,
  });
}
