import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { Server } from './support/server';

/** Single lessons are changed on their dates, and a teacher sees the own week, also in a calendar. */
describe('the timetable on its dates', () => {
  let server: Server;
  let browser: Browser;
  let admin: Page;
  let errors: string[];

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
    const context = await newContext(browser, { width: 1366, height: 768 });
    context.setDefaultTimeout(30_000);
    admin = await context.newPage();
    errors = collectErrors(admin, [/status of 401/, /status of 400/, /status of 409/]);
    await signIn(admin, server, 'administrator');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  const ofDialog = '.el-dialog:not([style*="display: none"])';

  test('a lesson is cancelled by a click, is marked and listed, and is taken back', async () => {
    await admin.goto(`${server.url}/admin/books/timetable?school=s03&view=dated&by=classes`);
    await admin.getByRole('button', { name: '后一周' }).click();
    const lesson = admin.locator('.week .choose').first();
    const name = (await lesson.locator('b').textContent())!.trim();
    await lesson.click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByText('请别的教师上这一节').waitFor();
    expect(await dialog.getByRole('button', { name: '确定' }).isDisabled()).toBe(true);
    await admin.screenshot({ path: screenshot('change-substitute-zh') });
    await dialog.getByRole('button', { name: '对调', exact: true }).click();
    await expect.poll(() => dialog.locator('select option').count()).toBeGreaterThan(10);
    expect(await faultsOf(admin, false, ofDialog)).toEqual([]);
    await dialog.getByRole('button', { name: '调课', exact: true }).click();
    await admin.screenshot({ path: screenshot('change-move-zh') });
    expect(await faultsOf(admin, false, ofDialog)).toEqual([]);
    await dialog.getByRole('button', { name: '停课', exact: true }).click();
    await dialog.getByLabel('原因（可以不写）').fill('春游');
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.locator('.week .gone', { hasText: name }).filter({ hasText: '停课' }).first().waitFor();
    await admin.locator('.changes li', { hasText: '春游' }).waitFor();
    await admin.screenshot({ path: screenshot('changes-zh'), fullPage: true });
    expect(await faultsOf(admin, false)).toEqual([]);

    await admin.getByRole('button', { name: /^撤回 .*/ }).click();
    await admin.getByText('最近两周和今后都没有安排').waitFor();
    await admin.locator('.week .gone').waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: '修改记录' }).click();
    await admin.locator('.steps li', { hasText: '停课' }).first().waitFor();
    await admin.keyboard.press('Escape');
    await admin.getByRole('button', { name: '全校冲突' }).click();
    await admin.getByRole('dialog').getByText(/没有冲突|共 \d+ 处/).waitFor();
    await admin.keyboard.press('Escape');
    expect(errors).toEqual([]);
  });

  test('a teacher starts in the own week and gets an address for a calendar', async () => {
    const made = await admin.request.post(`${server.url}/api/accounts`, {
      headers: { origin: server.url },
      data: { userName: 'weekteacher', displayName: '周老师', role: 'teacher', schoolId: 's03', teacherId: 's03-t001' },
    });
    const { invitation } = (await made.json()) as { invitation: { url: string } };
    const phone = await (await newContext(browser, { width: 390, height: 844 })).newPage();
    await phone.goto(invitation.url);
    await phone.getByLabel('密码', { exact: true }).fill('一句好记的话 2026');
    await phone.getByLabel('再输入一次').fill('一句好记的话 2026');
    await phone.getByRole('button', { name: '设置并登录' }).click();
    await phone.waitForURL(`${server.url}/week`);
    await phone.locator('.days .lesson').first().waitFor();
    await phone.screenshot({ path: screenshot('week-phone-zh') });
    expect(await faultsOf(phone, true)).toEqual([]);

    await phone.setViewportSize({ width: 1366, height: 768 });
    await phone.locator('.week .lesson').first().waitFor();
    await phone.screenshot({ path: screenshot('week-zh') });
    await phone.getByRole('button', { name: '日历地址' }).click();
    await phone.getByText('还没有地址').waitFor();
    await phone.getByRole('button', { name: '生成地址' }).click();
    const address = (await phone.locator('.url').textContent())!.trim();
    await phone.screenshot({ path: screenshot('calendar-address-zh') });
    const calendar = await fetch(address);
    expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect((await calendar.text()).match(/^BEGIN:VEVENT/gm)!.length).toBeGreaterThan(50);
    await phone.getByRole('button', { name: '停用' }).click();
    await phone.getByRole('button', { name: '确定' }).click();
    await phone.getByText('还没有地址').waitFor();
    expect((await fetch(address)).status).toBe(404);
    await phone.context().close();
  });
});
