import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { Camera } from './support/camera';
import { faultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Server } from './support/server';

const minute = 60_000;
const two = (n: number) => String(n).padStart(2, '0');
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;
const day = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const ofDialog = '.el-dialog:not([style*="display: none"])';

/** A recording room is booked and approved; it is recorded by itself, and who does not come is noted. */
describe('bookings', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let teacher: Page;
  let head: Page;
  let errors: string[];
  let start: Date;

  beforeAll(async () => {
    server = await Server.start({ Bookings__DaysAhead: '0' });
    browser = await launchBrowser();
    camera = await Camera.open();
    const admin = await (await newContext(browser)).newPage();
    await signIn(admin, server, 'administrator');
    start = new Date(Math.ceil((Date.now() + 2 * minute) / minute) * minute);
    await layOut(admin.request, server, start);
    await admin.context().close();
    const context = await newContext(browser, { width: 1366, height: 768 });
    context.setDefaultTimeout(30_000);
    teacher = await context.newPage();
    errors = collectErrors(teacher, [/status of 401/, /status of 409/]);
    await signIn(teacher, server, 'teacher');
    head = await (await newContext(browser, { width: 390, height: 844 })).newPage();
    errors.push(...collectErrors(head, [/status of 401/, /status of 404/]));
    await signIn(head, server, 'principal');
  });

  afterAll(async () => {
    await camera?.close();
    await browser?.close();
    await server?.dispose();
  });

  test('a free cell is booked; who comes second is told what is free instead', async () => {
    await teacher.goto(`${server.url}/bookings`);
    await free(teacher, '早课').waitFor();
    const second = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    await signIn(second, server, 'inspector');
    await second.goto(`${server.url}/bookings?school=s01`);
    await free(second, '早课').click();
    await second.getByLabel(/用途/).fill('督导抽录');

    await free(teacher, '早课').press('Enter');
    await teacher.getByLabel(/用途/).fill('区级公开课');
    await teacher.screenshot({ path: screenshot('booking-dialog-zh') });
    expect(await faultsOf(teacher, false, ofDialog)).toEqual([]);
    await teacher.getByRole('button', { name: '提交' }).click();
    await teacher.locator('.booking', { hasText: '区级公开课' }).getByText('等待批准').waitFor();

    await second.getByRole('button', { name: '提交' }).click();
    await second.getByText('这个时间已被占用').waitFor();
    await second.screenshot({ path: screenshot('booking-taken-zh') });
    await second.getByRole('button', { name: '晚课', exact: true }).click();
    await second.getByRole('button', { name: '提交' }).click();
    await second.locator('.booking', { hasText: '督导抽录' }).waitFor();
    await second.context().close();
    await teacher.getByRole('button', { name: '二号录播' }).click();
    await free(teacher, '早课').click();
    await teacher.getByLabel(/用途/).fill('忘了去的课');
    await teacher.getByRole('button', { name: '提交' }).click();
    await teacher.locator('.booking', { hasText: '忘了去的课' }).waitFor();
    await teacher.screenshot({ path: screenshot('bookings-teacher-zh'), fullPage: true });
    expect(await faultsOf(teacher, false)).toEqual([]);
  });

  test('the principal approves on a phone', async () => {
    await head.goto(`${server.url}/bookings`);
    for (const what of ['区级公开课', '忘了去的课']) {
      await head.locator('.booking', { hasText: what }).getByRole('button', { name: /^批准/ }).click();
      await head.locator('.booking', { hasText: what }).getByText('已批准').waitFor();
    }
    await head.screenshot({ path: screenshot('bookings-phone-zh'), fullPage: true });
    expect(await faultsOf(head, true)).toEqual([]);
    expect(Date.now()).toBeLessThan(start.getTime());
  });

  test('at its time it is recorded by itself, and the room says by whom and who approved it', async () => {
    const { whipUrl, key } = await cameraKey(server, 's01-901');
    expect((await camera.publish(whipUrl, key, 'H264')).status).toBe(201);
    await teacher.locator('.booking', { hasText: '区级公开课' }).getByText('正在录像').waitFor({ timeout: 4 * minute });
    await head.goto(`${server.url}/rooms/s01-901`);
    await head.getByRole('dialog').getByRole('button', { name: '先不进入' }).click();
    await head.getByText(/本教室正在录像。事由：区级公开课。录像人：.*批准.* 结束。/).waitFor();
    await head.setViewportSize({ width: 1366, height: 768 });
    await head.screenshot({ path: screenshot('room-recorded-by-booking-zh') });
  }, 5 * minute);

  test('at its end it goes to its teacher, and the room where nobody came is noted', async () => {
    const mine = teacher.locator('.booking', { hasText: '区级公开课' });
    await mine.getByText('已录好').waitFor({ timeout: 4 * minute });
    await teacher.locator('.booking', { hasText: '忘了去的课' }).getByText('未到').waitFor({ timeout: minute });
    await teacher.screenshot({ path: screenshot('bookings-over-zh'), fullPage: true });
    await teacher.goto(`${server.url}/week`);
    await mine.getByRole('link', { name: '看录像' }).waitFor();
    await teacher.screenshot({ path: screenshot('week-bookings-zh'), fullPage: true });
    await mine.getByRole('link', { name: '看录像' }).click();
    await teacher.getByTestId('player').waitFor();
    await teacher.goto(`${server.url}/bookings`);
    await teacher.getByRole('button', { name: 'English' }).click();
    await teacher.getByRole('heading', { name: 'Recording bookings' }).waitFor();
    await teacher.screenshot({ path: screenshot('bookings-en'), fullPage: true });
    expect(await faultsOf(teacher, false)).toEqual([]);
    expect(errors).toEqual([]);
  }, 5 * minute);

  /** The cell of today's period, where it is free. */
  const free = (page: Page, period: string) =>
    page.getByRole('button', { name: new RegExp(`${day(start)} ${period}：可预约`) });
});

/** Two recording rooms, and a day whose first period begins at a minute that is near. */
async function layOut(request: APIRequestContext, server: Server, start: Date): Promise<void> {
  const later = (minutes: number) => clock(new Date(start.getTime() + minutes * minute));
  const put = async (book: string, data: object) => {
    const answer = await request.post(`${server.url}/api/books/${book}`, { headers: { origin: server.url }, data });
    expect(answer.status(), await answer.text()).toBe(201);
  };
  for (const [id, name] of [['s01-901', '一号录播'], ['s01-902', '二号录播']])
    await put('rooms', { id, schoolId: 's01', name, grade: '一年级', enrolled: 40, use: 'recordingRoom' });
  await put('day-plans', {
    schoolId: 's01',
    name: '测试作息',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    periods: [
      { number: 1, name: '早课', kind: 'lesson', from: later(0), to: later(1) },
      { number: 2, name: '晚课', kind: 'lesson', from: later(3), to: later(4) },
    ],
  });
}
