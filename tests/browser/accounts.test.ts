import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { Server } from './support/server';

/** A school's people get their accounts, and its timetable comes from the file that it has. */
describe('accounts and imports', () => {
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

  /** As the page itself would ask. */
  async function add(book: string, row: object): Promise<{ id: string }> {
    const answer = await admin.request.post(`${server.url}/api/books/${book}`, { headers: { origin: server.url }, data: row });
    if (answer.status() !== 201) throw new Error(`${book}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  }

  test('a teacher gets a link, chooses a password and sees the own week', async () => {
    await add('teachers', { schoolId: 's03', name: '温晓岚', number: '9901' });
    await admin.goto(`${server.url}/admin/accounts`);
    await admin.getByRole('button', { name: '新帐号' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('学校').click();
    const schools = (await (await admin.request.get(`${server.url}/api/schools`)).json()) as { schoolId: string; name: string }[];
    const choices = admin.locator('.el-select-dropdown__item:visible');
    await choices.filter({ hasText: schools.find((one) => one.schoolId === 's03')!.name }).click();
    await dialog.getByLabel('名册中的教师').click();
    await admin.keyboard.type('wxl');
    await choices.filter({ hasText: '温晓岚 9901' }).click();
    await admin.screenshot({ path: screenshot('accounts-make-zh') });
    await dialog.getByRole('button', { name: '建立并生成链接' }).click();
    const link = (await admin.locator('.url').textContent())!.trim();
    await admin.screenshot({ path: screenshot('accounts-link-zh') });
    await admin.getByRole('button', { name: '完成' }).click();
    await admin.getByRole('row', { name: /温晓岚.*待设密码/ }).waitFor();
    await admin.screenshot({ path: screenshot('accounts-zh') });

    const phone = await (await newContext(browser, { width: 390, height: 844 })).newPage();
    await phone.goto(link);
    await phone.getByText('温晓岚，您好').waitFor();
    await phone.screenshot({ path: screenshot('invitation-zh') });
    await phone.getByLabel('密码', { exact: true }).fill('一句好记的话 2026');
    await phone.getByLabel('再输入一次').fill('一句好记的话');
    await phone.getByRole('button', { name: '设置并登录' }).click();
    await phone.getByText('两次输入的不一样').waitFor();
    await phone.getByLabel('再输入一次').fill('一句好记的话 2026');
    await phone.getByRole('button', { name: '设置并登录' }).click();
    await phone.waitForURL(`${server.url}/week`);
    await phone.locator('main .notice, main .days, main .empty').first().waitFor();
    await phone.screenshot({ path: screenshot('teacher-week-zh') });

    await phone.goto(link);
    await phone.getByText('链接不能用').waitFor();
    await phone.context().close();
  });

  test('a timetable is looked at, answered, imported and undone', async () => {
    await add('terms', { name: '导入学期', firstDay: '2051-09-04', lastDay: '2052-01-15' });
    await admin.goto(`${server.url}/admin/imports`);
    await expect.poll(() => admin.getByLabel('学校').inputValue()).toBe('s01');
    await expect.poll(() => admin.getByLabel('学期').inputValue()).not.toBe('');
    await admin.getByLabel('学校').selectOption('s03');
    await admin.getByLabel('学期').selectOption({ label: '导入学期' });
    const list = ['星期,节次,班级,课程,教师', '周一,1,一年级1班,语文,贺晓舟', '周八,1,一年级1班,数学,', '周二,2,一年级1班,数学,贺晓舟'];
    await admin.locator('input[type=file]').setInputFiles({
      name: '一年级课表.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(list.join('\r\n')),
    });
    await admin.getByText('一年级课表.csv').waitFor();
    await admin.getByText('有 1 处看不懂').waitFor();
    await admin.screenshot({ path: screenshot('imports-zh'), fullPage: true });
    for (const select of await admin.locator('tr.open select').all()) await select.selectOption('new');
    await admin.getByRole('button', { name: '导入', exact: true }).click();
    await admin.getByText('新增 2 节').waitFor();
    await admin.getByRole('button', { name: '撤销这次导入' }).click();
    await admin.getByText('已撤销').waitFor();
    expect(errors).toEqual([]);
  });
});
