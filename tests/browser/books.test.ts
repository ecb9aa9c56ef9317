import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf, tabFaultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { signIn, tileOf } from './support/people';
import { Server } from './support/server';
import { settled, turnLanguage } from './support/walk';

const room = 's03-101';

/** An administrator looks after the district's books, while others watch. */
describe('the books', () => {
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

  const cell = (page: Page, row: string, field: string) => page.locator(`[data-cell="${row}/${field}"]`);
  const open = async (book: string, school = 's03') => {
    await admin.goto(`${server.url}/admin/books/${book}?school=${school}`);
    await admin.locator('main .sheet, main .week, main .notice').first().waitFor();
  };
  /** A row that may lie on a later page. */
  const find = (page: Page, text: string) => page.locator('input[type=search]').fill(text);
  /** As the page itself would ask. */
  async function add(book: string, row: object): Promise<{ id: string; version: string }> {
    const answer = await admin.request.post(`${server.url}/api/books/${book}`, { headers: { origin: server.url }, data: row });
    if (answer.status() !== 201) throw new Error(`${book}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { id: string; version: string };
  }

  test('show a room’s new name on the wall without a restart, and the old one when it is undone', async () => {
    const wall = await (await newContext(browser)).newPage();
    await signIn(wall, server, 'inspector');
    await wall.goto(`${server.url}/schools/s03`);
    await tileOf(wall, room).or(wall.locator(`[data-cell="${room}"]`)).first().waitFor();

    await open('rooms');
    const before = (await cell(admin, room, 'name').textContent())!.trim();
    await cell(admin, room, 'name').focus();
    await admin.keyboard.press('Enter');
    await admin.keyboard.type('一年级星星班');
    await admin.keyboard.press('Enter');
    await admin.getByText('已保存：一年级星星班').waitFor();
    await wall.getByText('一年级星星班').first().waitFor();
    await admin.screenshot({ path: screenshot('books-saved-zh') });

    await admin.locator('.el-message').getByRole('button', { name: '撤销' }).click();
    await expect.poll(async () => (await cell(admin, room, 'name').textContent())!.trim()).toBe(before);
    await wall.getByText('一年级星星班').first().waitFor({ state: 'hidden' });
    await wall.getByText(before, { exact: true }).first().waitFor();
    await wall.context().close();
  });

  test('say beside a wrong field what is wrong, and give up with Escape', async () => {
    await open('rooms');
    await cell(admin, room, 'enrolled').click();
    await admin.keyboard.type('500');
    await admin.keyboard.press('Enter');
    await admin.getByText('应为 0 到 100 的整数').waitFor();
    await admin.keyboard.press('Escape');
    await cell(admin, room, 'enrolled').waitFor();
    expect(await cell(admin, room, 'enrolled').evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test('find a teacher by the initials of the name', async () => {
    const subject = await add('subjects', { name: '竹编', nameEn: 'Bamboo weaving' });
    await add('teachers', { schoolId: 's03', name: '单梓彧', number: '901', subjectIds: [subject.id] });
    await add('teachers', { schoolId: 's03', name: '欧阳静怡', number: '902', subjectIds: [] });
    await open('teachers');
    const names = async () => (await admin.locator('[data-cell$="/name"]').allTextContents()).map((name) => name.trim());
    await admin.locator('input[type=search]').fill('szy');
    await expect.poll(names).toContain('单梓彧');
    expect(await names()).not.toContain('欧阳静怡');
    await admin.locator('input[type=search]').fill('oyjingy');
    await expect.poll(names).toContain('欧阳静怡');
    expect(await names()).not.toContain('单梓彧');
    await admin.screenshot({ path: screenshot('books-pinyin-zh') });
  });

  test('do not delete what is used, and say what uses it', async () => {
    await add('classes', { schoolId: 's03', name: '竹编社', grade: '三年级', enrolled: 20, roomId: room });
    await open('rooms');
    await cell(admin, room, 'remove').click();
    const dialog = admin.getByRole('dialog').filter({ hasText: '现在不能删除' });
    await dialog.getByText('竹编社').waitFor();
    expect(await dialog.getByRole('button', { name: '删除' }).count()).toBe(0);
    await admin.screenshot({ path: screenshot('books-uses-zh') });
    await dialog.getByRole('button', { name: '知道了' }).click();
    await cell(admin, room, 'name').waitFor();
  });

  test('tell who changed what, and let both see it where two change one row', async () => {
    const { id } = await add('teachers', { schoolId: 's03', name: '曾敏', number: '903', subjectIds: [] });
    const other = await (await newContext(browser)).newPage();
    await signIn(other, server, 'administrator');
    await open('teachers');
    await find(admin, '曾敏');
    await cell(admin, id, 'name').click();
    await admin.keyboard.type('曾敏敏');

    await other.goto(`${server.url}/admin/books/teachers?school=s03`);
    await find(other, '曾敏');
    await cell(other, id, 'number').click();
    await other.keyboard.type('904');
    await other.keyboard.press('Enter');
    await other.getByText('已保存：曾敏').waitFor();

    await admin.keyboard.press('Enter');
    await admin.getByText('别人刚刚改过“曾敏”').waitFor();
    await admin.screenshot({ path: screenshot('books-conflict-zh') });
    await admin.getByRole('button', { name: '用我的' }).click();
    await admin.getByText('已保存：曾敏敏').waitFor();
    expect(await cell(admin, id, 'number').textContent()).toContain('904');

    await cell(admin, id, 'history').click();
    await expect.poll(() => admin.locator('.steps > li').count()).toBe(3);
    expect(await admin.locator('.steps > li').nth(1).textContent()).toMatch(/工号.*903.*904/);
    await admin.screenshot({ path: screenshot('books-history-zh') });
    await other.context().close();
  });

  test('have a calendar and a timetable that are filled in by clicking', async () => {
    // Where the district has no term for today yet.
    const { rows } = (await (await admin.request.get(`${server.url}/api/books/terms`)).json()) as { rows: object[] };
    const year = new Date().getFullYear();
    if (rows.length === 0) await add('terms', { name: '本学期', firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, uncountedWeeks: [] });
    await open('calendar');
    await admin.locator('.day').first().waitFor();
    const day = admin.locator('button.day:not(.off)').nth(20);
    const date = (await day.getAttribute('data-cell'))!;
    await day.click();
    await admin.getByRole('dialog').getByLabel('说明').fill('运动会');
    await admin.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click();
    await admin.locator(`[data-cell="${date}"].off`).waitFor();
    await admin.getByText('已添加：运动会').waitFor();
    await settled(admin);
    await admin.screenshot({ path: screenshot('books-calendar-zh') });

    await add('day-plans', {
      schoolId: 's03', name: '本校作息', weekdays: [1, 2, 3, 4, 5], periods: [{ number: 1, name: '第1节', kind: 'lesson', from: '08:20', to: '09:00' }],
    });
    await open('timetable');
    await admin.getByRole('combobox', { name: '选择' }).click();
    await admin.keyboard.type('zbs');
    await admin.getByRole('option', { name: '竹编社' }).click();
    for (const weeks of ['单周', '双周']) {
      await admin.locator('[data-cell="3/1"]').click();
      const dialog = admin.getByRole('dialog').filter({ hasText: '周三第 1 节' });
      if (weeks === '双周') await dialog.getByRole('button', { name: '添加一节课' }).click();
      await dialog.getByRole('combobox', { name: '学科' }).click();
      await admin.getByRole('option', { name: '竹编', exact: true }).click();
      await dialog.getByRole('button', { name: weeks }).last().click();
      await dialog.getByRole('button', { name: '添加', exact: true }).click();
      await expect.poll(() => admin.locator('[data-cell="3/1"]').textContent()).toContain(weeks);
    }
    expect(await admin.locator('[data-cell="3/1"]').textContent()).toMatch(/单周.*双周/);
    await settled(admin);
    await admin.screenshot({ path: screenshot('books-timetable-zh') });
  });

  test('are usable on a laptop and on a phone, in both languages', async () => {
    const found: string[] = [];
    const phone = await (await newContext(browser, { width: 390, height: 844, touch: true })).newPage();
    phone.setDefaultTimeout(30_000);
    await signIn(phone, server, 'administrator');
    for (const page of [admin, phone]) {
      const touch = page === phone;
      for (const book of ['schools', 'teachers', 'day-plans', 'calendar', 'timetable']) {
        await page.goto(`${server.url}/admin/books/${book}?school=s03`);
        await page.locator('main .sheet tbody tr, main .week tbody tr').first().waitFor();
        for (const language of ['zh', 'en']) {
          if (language === 'en') await turnLanguage(page);
          await settled(page);
          found.push(...(await faultsOf(page, touch)).map((fault) => `${book} ${touch ? 'phone' : 'laptop'} ${language}: ${fault}`));
          await page.screenshot({ path: screenshot(`books-${book}-${touch ? 390 : 1366}-${language}`) });
        }
        if (!touch) found.push(...(await tabFaultsOf(page)).map((fault) => `${book}: ${fault}`));
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
          found.push(...one.nodes.slice(0, 3).map((node) => `${book} ${touch} axe ${one.id}: ${node.html.slice(0, 160)}`));
        await page.evaluate(() => localStorage.setItem('xunke.locale', 'zh-CN'));
      }
    }
    await phone.context().close();
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  }, 300_000);
});
