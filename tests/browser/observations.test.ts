import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { demoClip, screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Publisher } from './support/publisher';
import { Server } from './support/server';
import { settled, turnLanguage } from './support/walk';

const school = 's92';
const room = 's92-101';

/** A lesson that an inspector watched: observed by a form beside its picture, sent, read, appealed against and decided. */
describe('an observation', () => {
  let server: Server;
  let browser: Browser;
  let admin: Page;
  let inspector: Page;
  let teacher: Page;
  let errors: string[];
  let lesson: string;

  beforeAll(async () => {
    server = await Server.start({ Demo__Timetable: 'false', Lessons__AwayMinutes: '0.1', Lessons__ShortestMinutes: '0.5' });
    browser = await launchBrowser();
    admin = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    await signIn(admin, server, 'administrator');
    await layOutSchool();
    teacher = await signInByLink('陆青禾');
    inspector = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    inspector.setDefaultTimeout(30_000);
    await signIn(inspector, server, 'inspector');
    errors = [...collectErrors(inspector, [/status of 401/, /status of 409/, /ERR_INTERNET_DISCONNECTED/]), ...collectErrors(teacher, [/status of 401/])];
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  /** As the page itself would ask. */
  async function ask(path: string, data: object): Promise<Record<string, unknown>> {
    const answer = await admin.request.post(`${server.url}${path}`, { headers: { origin: server.url }, data });
    if (answer.status() !== 201) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** A school of one room, whose class has one lesson all day long, whatever the day of the test. */
  async function layOutSchool(): Promise<void> {
    const year = new Date().getFullYear();
    const week = [1, 2, 3, 4, 5, 6, 7];
    await ask('/api/books/schools', { id: school, name: '试听小学', nameEn: 'Test school', order: 92 });
    await ask('/api/books/rooms', { id: room, schoolId: school, name: '三年级1班', grade: '三年级', enrolled: 24 });
    const { id: subjectId } = await ask('/api/books/subjects', { name: '数学思维', nameEn: 'Thinking in numbers' });
    const { id: teacherId } = await ask('/api/books/teachers', { schoolId: school, name: '陆青禾', number: '9201', subjectIds: [subjectId] });
    await ask('/api/books/teachers', { schoolId: school, name: '方一鸣', number: '9202', subjectIds: [] });
    const { id: classId } = await ask('/api/books/classes', { schoolId: school, name: '三年级1班', grade: '三年级', enrolled: 24, roomId: room });
    const { id: termId } = await ask('/api/books/terms', { name: '本学期', firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, uncountedWeeks: [] });
    await ask('/api/books/day-plans', {
      schoolId: school, name: '全天', weekdays: week, periods: [{ number: 1, name: '第1节', kind: 'lesson', from: '00:00', to: '23:59' }],
    });
    for (const weekday of week)
      await ask('/api/books/timetable', {
        termId, schoolId: school, weekday, period: 1, firstWeek: 1, rotation: 1, turns: 1, classId, subjectId, teacherId,
      });
  }

  async function signInByLink(name: string): Promise<Page> {
    const { rows } = (await (await admin.request.get(`${server.url}/api/books/teachers?schoolId=${school}`)).json()) as {
      rows: { id: string; name: string; number: string }[];
    };
    const { id: teacherId, number } = rows.find((row) => row.name === name)!;
    const account = { userName: `${school}-${number}`, displayName: name, role: 'teacher', schoolId: school, teacherId };
    const { invitation } = (await ask('/api/accounts', account)) as { invitation: { url: string } };
    const page = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(invitation.url);
    await page.getByLabel('密码', { exact: true }).fill('一句好记的话 2026');
    await page.getByLabel('再输入一次').fill('一句好记的话 2026');
    await page.getByRole('button', { name: '设置并登录' }).click();
    await page.waitForURL((url) => url.pathname !== '/invitation');
    return page;
  }

  test('is begun on the room\'s page, beside the live picture', async () => {
    const { whipUrl, key } = await cameraKey(server, room);
    const camera = Publisher.start(demoClip, whipUrl, key);
    const list = async () =>
      (await (await admin.request.get(`${server.url}/api/lessons?roomId=${room}`)).json()) as { lessonId: string; from: string; to: string; ended: boolean }[];
    const visit = async () =>
      inspector.request.post(`${server.url}/api/visits`, {
        headers: { origin: server.url }, data: { roomId: room, purpose: '随堂听课', media: 'both' },
      });
    await expect.poll(async () => (await visit()).status(), { timeout: 60_000, interval: 1000 }).toBe(201);
    // The form lies beside the live picture while the lesson goes on.
    await inspector.goto(`${server.url}/rooms/${room}`);
    await inspector.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
    await inspector.locator('.stage.video').waitFor();
    await inspector.getByRole('button', { name: '听课' }).click({ timeout: 60_000 });
    await inspector.getByRole('radio', { name: /通用听课评价/ }).check();
    await inspector.getByRole('button', { name: '开始听课' }).click();
    await inspector.getByText('数学思维').first().waitFor();
    await inspector.getByLabel('批注内容').fill('开头的问题问得好');
    await inspector.getByRole('button', { name: '添加批注' }).click();
    await inspector.getByText('已保存', { exact: true }).waitFor();
    await settled(inspector);
    await inspector.screenshot({ path: screenshot('observe-live-1366-zh') });
    await teacher.waitForTimeout(45_000);
    await camera.stop();
    await expect.poll(async () => (await list()).some((one) => one.ended), { timeout: 60_000, interval: 1000 }).toBe(true);
    lesson = (await list()).find((one) => one.ended)!.lessonId;
  });

  test('goes on beside what there is to see of the lesson, at the second that is shown', async () => {
    await inspector.goto(`${server.url}/lessons/${lesson}`);
    await inspector.getByRole('button', { name: '听课' }).click();
    await inspector.waitForURL(`${server.url}/lessons/${lesson}/observation`);
    await inspector.getByText('开头的问题问得好').waitFor();
    await inspector.getByLabel('时刻').fill('20');
    await inspector.getByRole('button', { name: '建议', exact: true }).click();
    await inspector.getByLabel('批注内容').fill('等学生想一想再叫人');
    await inspector.getByText('钉在 0:20').waitFor();
    await inspector.keyboard.press('Control+Enter');
    await inspector.locator('.remarks li', { hasText: '等学生想一想' }).getByText('0:20').waitFor();
    const answer = async (item: string, value: string) => inspector.getByRole('group', { name: item }).getByRole('radio', { name: value, exact: true }).check();
    await answer('讲解和示范清楚', '4');
    await answer('提问让学生想', '2');
    await inspector.getByRole('group', { name: '学生之间的交流' }).getByRole('checkbox', { name: '不适用' }).check();
    await inspector.getByRole('button', { name: /总分\s*60\.0/ }).waitFor();
    await inspector.getByText('已保存', { exact: true }).waitFor();
    await inspector.getByLabel('时刻').fill('30');
    await inspector.getByRole('button', { name: '0:20', exact: true }).click();
    await expect.poll(() => inspector.getByLabel('时刻').inputValue()).toBe('20');
    await settled(inspector);
    await inspector.screenshot({ path: screenshot('observe-1366-zh') });
  });

  test('loses nothing without a connection, and doubles nothing afterwards', async () => {
    await inspector.context().setOffline(true);
    await inspector.getByLabel('批注内容').fill('断线时写的');
    await inspector.getByRole('button', { name: '添加批注' }).click();
    await inspector.getByRole('group', { name: '时间用在学上' }).getByRole('radio', { name: '3', exact: true }).check();
    await inspector.getByText('连不上服务器', { exact: false }).first().waitFor();
    await inspector.context().setOffline(false);
    await inspector.getByText('已保存', { exact: true }).waitFor({ timeout: 30_000 });
    await inspector.reload();
    await inspector.getByText('断线时写的').waitFor();
    expect(await inspector.locator('.remarks li').count()).toBe(3);
    expect(await inspector.getByRole('group', { name: '时间用在学上' }).getByRole('radio', { name: '3', exact: true }).isChecked()).toBe(true);
    await inspector.getByLabel('总评').fill('问题设计好，等待时间可以更长。');
    await inspector.getByText('已保存', { exact: true }).waitFor();
  });

  test('is usable on a phone, the form below the picture', async () => {
    await inspector.setViewportSize({ width: 390, height: 844 });
    await settled(inspector);
    expect(await faultsOf(inspector, false)).toEqual([]);
    const [seen, pane] = [await inspector.locator('.seen').boundingBox(), await inspector.locator('.pane').boundingBox()];
    expect(pane!.y).toBeGreaterThanOrEqual(seen!.y + seen!.height);
    await inspector.screenshot({ path: screenshot('observe-390-zh'), fullPage: true });
    await inspector.setViewportSize({ width: 1366, height: 768 });
  });

  test('is sent, and then nothing of it changes', async () => {
    await inspector.getByRole('button', { name: '提交', exact: true }).click();
    await inspector.getByRole('dialog').getByRole('button', { name: '提交', exact: true }).click();
    await inspector.waitForURL(`${server.url}/lessons/${lesson}`);
    await inspector.getByRole('region', { name: '听课反馈' }).getByText('已提交').waitFor();
    await inspector.goto(`${server.url}/observations`);
    await inspector.getByRole('row', { name: /数学思维/ }).getByText('已提交').waitFor();
    await inspector.screenshot({ path: screenshot('observations-1366-zh') });
  });

  test('is read by the teacher on the lesson\'s page, who appeals against an item', async () => {
    await teacher.goto(`${server.url}/lessons/${lesson}`);
    await teacher.getByRole('region', { name: '听课反馈' }).getByRole('link').click();
    await teacher.getByRole('button', { name: /总分/ }).waitFor();
    await teacher.getByRole('button', { name: /对“提问让学生想/ }).click();
    await teacher.getByLabel(/提问让学生想.*理由/).fill('第 20 秒等了五秒。');
    await teacher.getByLabel('回复内容').fill('谢谢，建议收到。');
    await settled(teacher);
    await teacher.screenshot({ path: screenshot('feedback-1366-zh'), fullPage: true });
    await teacher.getByRole('button', { name: '提交 1 项申诉' }).click();
    await teacher.getByText('有申诉').waitFor();
    await teacher.setViewportSize({ width: 390, height: 844 });
    await settled(teacher);
    expect(await faultsOf(teacher, false)).toEqual([]);
    await teacher.screenshot({ path: screenshot('feedback-390-zh'), fullPage: true });
    await teacher.setViewportSize({ width: 1366, height: 768 });
  });

  test('is decided by somebody else, beside the observer\'s answer', async () => {
    await admin.goto(`${server.url}/observations`);
    await admin.getByRole('row', { name: /数学思维/ }).getByRole('link').click();
    const appeal = admin.locator('.appeal');
    await appeal.getByLabel('裁定理由').fill('录像里确实等了五秒。');
    await appeal.getByLabel('应为').selectOption('4');
    await appeal.getByRole('button', { name: '更改' }).click();
    await admin.getByRole('button', { name: /裁定后总分/ }).waitFor();
    await settled(admin);
    await admin.screenshot({ path: screenshot('decided-1366-zh'), fullPage: true });
    // The teacher's page hears of it by itself, and the observer's answer stands.
    await teacher.getByText('录像里确实等了五秒。').waitFor();
    await teacher.getByRole('group', { name: '提问让学生想' }).getByText('2/5').waitFor();
    const { violations } = await new AxeBuilder({ page: teacher }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map((one) => one.id)).toEqual([]);
  });

  test('has forms that an administrator edits, with what is wrong at its field', async () => {
    await admin.goto(`${server.url}/forms`);
    await admin.getByRole('link', { name: '巡课快检' }).click();
    await admin.getByLabel('权重 %').first().fill('90');
    await admin.getByRole('button', { name: '保存' }).click();
    await admin.getByText('有 1 处要改', { exact: false }).waitFor();
    await admin.getByLabel('权重 %').first().fill('100');
    await admin.getByRole('button', { name: '下移 准时上课' }).click();
    await admin.getByRole('button', { name: '保存' }).click();
    await admin.getByText('已保存，第 1 版').waitFor();
    await settled(admin);
    await admin.screenshot({ path: screenshot('form-1366-zh') });
    await admin.setViewportSize({ width: 390, height: 844 });
    await settled(admin);
    expect(await faultsOf(admin, false)).toEqual([]);
    await admin.screenshot({ path: screenshot('form-390-zh') });
    await turnLanguage(admin);
    await settled(admin);
    await admin.screenshot({ path: screenshot('form-390-en') });
    expect(errors).toEqual([]);
  });
});
