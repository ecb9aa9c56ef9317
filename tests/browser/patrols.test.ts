import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { layOutLessons } from './support/lessonSchool';
import { demoClip, screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Publisher } from './support/publisher';
import { Server } from './support/server';
import { settled, turnLanguage } from './support/walk';

/** What axe finds that keeps somebody out. */
async function barriersOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}

const school = 's91';
const rooms = ['s91-101', 's91-102', 's91-103'] as const;

/** An inspector's round: the rooms that have a lesson now, one after another, by few clicks. */
describe('a patrol', () => {
  let server: Server;
  let browser: Browser;
  let inspector: Page;
  let errors: string[];
  let cameras: Publisher[];

  beforeAll(async () => {
    server = await Server.start({ Demo__Timetable: 'false' });
    browser = await launchBrowser();
    const admin = await (await newContext(browser)).newPage();
    await signIn(admin, server, 'administrator');
    await layOutLessons(admin, server, school, [
      { roomId: rooms[0], name: '三年级1班', teacher: '陆青禾', number: '9101' },
      { roomId: rooms[1], name: '三年级2班', teacher: '方一鸣', number: '9102' },
      { roomId: rooms[2], name: '三年级3班', teacher: '沈若溪', number: '9103' },
    ]);
    cameras = [];
    for (const room of rooms.slice(0, 2)) {
      const { whipUrl, key } = await cameraKey(server, room);
      cameras.push(Publisher.start(demoClip, whipUrl, key));
    }
    inspector = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    errors = collectErrors(inspector, [/status of 401/]);
    await signIn(inspector, server, 'inspector');
  });

  afterAll(async () => {
    for (const camera of cameras ?? []) await camera.stop();
    await browser?.close();
    await server?.dispose();
  });

  const patrols = async () =>
    (await (await inspector.request.get(`${server.url}/api/patrols`)).json()) as {
      patrols: { roomId: string; isException: boolean; teacherName: string; present: number | null; minutes: number | null }[];
    };

  test('lists the rooms that have a lesson now, and whom nobody has visited', async () => {
    await inspector.getByRole('navigation').getByRole('link', { name: '巡课', exact: true }).click();
    const stop = inspector.getByRole('button', { name: /三年级1班.*数学思维.*陆青禾/ });
    await stop.waitFor();
    await expect.poll(() => stop.isEnabled(), { timeout: 40_000 }).toBe(true);
    expect(await stop.innerText()).toContain('本学期没人看过');
    expect(await inspector.getByRole('button', { name: /三年级3班/ }).isDisabled()).toBe(true);
    await settled(inspector);
    expect(await faultsOf(inspector, false)).toEqual([]);
    expect(await barriersOf(inspector)).toEqual([]);
    await inspector.screenshot({ path: screenshot('patrol-round') });
  });

  test('takes one click for a room in order, and two for an exception', async () => {
    await inspector.getByRole('button', { name: '开始巡课' }).click();
    await inspector.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();

    // One click, once the picture is there.
    await inspector.locator('video.shown').waitFor();
    await inspector.getByRole('heading', { name: /三年级1班/ }).waitFor();
    await settled(inspector);
    expect(await faultsOf(inspector, false)).toEqual([]);
    expect(await barriersOf(inspector)).toEqual([]);
    await inspector.screenshot({ path: screenshot('patrol-room') });
    await inspector.getByRole('button', { name: '一切正常' }).click();

    // The next room opens by itself with the same purpose. Two keys.
    await inspector.getByRole('heading', { name: /三年级2班/ }).waitFor();
    await inspector.locator('video.shown').waitFor();
    await inspector.keyboard.press('1');
    await inspector.getByRole('button', { name: '保存', exact: true }).waitFor();
    await inspector.screenshot({ path: screenshot('patrol-exception') });
    await inspector.keyboard.press('Enter');

    await inspector.getByText('这一轮巡完了').waitFor();
    const { patrols: found } = await patrols();
    expect(found.map((one) => [one.roomId, one.isException, one.teacherName])).toEqual([
      [rooms[1], true, '方一鸣'],
      [rooms[0], false, '陆青禾'],
    ]);
    const visits = (await (await inspector.request.get(`${server.url}/api/visits`)).json()) as { roomId: string; to: string | null }[];
    expect(visits.map((visit) => visit.roomId)).toEqual([rooms[1], rooms[0]]);
    await expect
      .poll(async () => ((await (await inspector.request.get(`${server.url}/api/visits`)).json()) as { to: string | null }[]).every((visit) => visit.to))
      .toBe(true);
  });

  test('is listed with what was found', async () => {
    await inspector.getByRole('link', { name: '巡课情况' }).click();
    await inspector.getByRole('cell', { name: '陆青禾' }).waitFor();
    expect(await inspector.getByRole('row', { name: /方一鸣/ }).innerText()).toContain('✗');
    await settled(inspector);
    expect(await faultsOf(inspector, false)).toEqual([]);
    await inspector.screenshot({ path: screenshot('patrols') });
    await turnLanguage(inspector);
    await inspector.getByRole('heading', { name: 'Patrol records' }).waitFor();
    await inspector.screenshot({ path: screenshot('patrols-en') });
    await turnLanguage(inspector);
  });

  test('leaves a list of who was visited by nobody', async () => {
    await inspector.goto(`${server.url}/patrols/coverage?school=${school}`);
    await inspector.getByRole('cell', { name: '沈若溪' }).waitFor();
    await inspector.screenshot({ path: screenshot('patrol-coverage') });
    expect(errors).toEqual([]);
  });

  test('goes on by a swipe on a phone, where the form stands below the picture', async () => {
    const phone = await (await newContext(browser, { width: 390, height: 844, touch: true })).newPage();
    await signIn(phone, server, 'inspector');
    await phone.goto(`${server.url}/patrol`);
    const stop = phone.getByRole('button', { name: /三年级1班.*数学思维/ });
    await expect.poll(() => stop.isEnabled(), { timeout: 40_000 }).toBe(true);
    await stop.click();
    await phone.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
    await phone.locator('video.shown').waitFor();
    await settled(phone);
    expect(await faultsOf(phone, true)).toEqual([]);
    await phone.screenshot({ path: screenshot('patrol-phone'), fullPage: true });
    await phone.context().close();
  });
});
