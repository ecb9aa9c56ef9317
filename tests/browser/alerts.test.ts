import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  let group: HttpServer;
  let groupUrl: string;
  const heard: string[] = [];

  beforeAll(async () => {
    // A group robot's service, as its callers see it.
    group = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        heard.push((JSON.parse(body) as { text: { content: string } }).text.content);
        response.end('{"errcode":0,"errmsg":"ok"}');
      });
    });
    await new Promise<void>((ready) => group.listen(0, '127.0.0.1', ready));
    groupUrl = `http://127.0.0.1:${(group.address() as AddressInfo).port}`;
    server = await Server.start({ Alerts__RestartGraceSeconds: '0', Alerts__WebhookHosts__0: groupUrl });
    browser = await launchBrowser();
    camera = await Camera.open();
    admin = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    // The address that is refused answers 400.
    errors = collectErrors(admin, [/status of 40[01]/]);
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
    group?.close();
  });

  test('the administrator adds a group robot, and it is told of a severe alert at once', async () => {
    await admin.goto(`${server.url}/alerts`);
    await admin.getByRole('button', { name: '通知我' }).click();
    const drawer = admin.getByRole('dialog', { name: '通知我' });
    await drawer.getByText('没有设置发信服务器').waitFor();
    await drawer.getByLabel('免打扰时段').check();
    await drawer.getByLabel('邮箱', { exact: true }).fill('it@example.cn');
    await drawer.getByRole('button', { name: '保存' }).click();
    await admin.getByText('已保存').first().waitFor();
    await drawer.getByRole('button', { name: '添加群机器人' }).click();
    await drawer.getByLabel(/名称/).fill('安全值班群');
    await drawer.getByLabel('Webhook 地址').fill('https://10.0.0.9/send');
    await drawer.getByRole('button', { name: '保存' }).last().click();
    await drawer.getByText('这不是该服务群机器人的地址').waitFor();
    await admin.screenshot({ path: screenshot('alerts-telling-robot-zh') });
    await drawer.getByLabel('Webhook 地址').fill(`${groupUrl}/cgi-bin/webhook/send?key=1`);
    await drawer.getByRole('button', { name: '保存' }).last().click();
    const robot = drawer.getByRole('listitem').filter({ hasText: '安全值班群' });
    await robot.getByRole('button', { name: '发一条测试' }).click();
    await robot.getByText('发出去了').waitFor();
    expect(heard).toEqual([expect.stringContaining('测试消息')]);
    expect(await faultsOf(admin, false)).toEqual([]);
    await admin.screenshot({ path: screenshot('alerts-telling-zh') });
    await admin.setViewportSize({ width: 390, height: 844 });
    await admin.screenshot({ path: screenshot('alerts-telling-phone-zh') });
    expect(await faultsOf(admin, true)).toEqual([]);
    await admin.setViewportSize({ width: 1366, height: 768 });
    await admin.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  }, minute);

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
    await drawer.getByText('通知了谁').waitFor();
    await drawer.getByText('已发出').waitFor();
    expect(heard.at(-1)).toContain('摄像机没有画面');
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
    const empty = admin.locator('.rule', { hasText: '有课但教室没人' });
    await empty.getByRole('button', { name: '用上周试算' }).click();
    await empty.getByText('上周没有留下可以试算的课').waitFor();
    await card.getByText('没法试算').waitFor();
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
