import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { Server } from './support/server';
import { turnLanguage } from './support/walk';

/** Lists and OneRoster come in by a page of their own; how a table was corrected is remembered for the next file. */
describe('imports', () => {
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
    await add('terms', { name: '导入学期', firstDay: '2051-09-04', lastDay: '2052-01-15' });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  /** As the page itself would ask. */
  async function add(book: string, row: object): Promise<void> {
    const answer = await admin.request.post(`${server.url}/api/books/${book}`, { headers: { origin: server.url }, data: row });
    if (answer.status() !== 201) throw new Error(`${book}: ${answer.status()} ${await answer.text()}`);
  }

  const file = (name: string, lines: readonly string[]) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n')),
  });

  test('a set of OneRoster is looked at, imported without its pupils, and undone', async () => {
    await admin.goto(`${server.url}/admin/imports/lists`);
    await admin.getByText('本系统不保存学生').waitFor();
    await admin.screenshot({ path: screenshot('import-lists-zh'), fullPage: true });
    const schools = (await (await admin.request.get(`${server.url}/api/schools`)).json()) as { schoolId: string; name: string }[];
    const school = schools.find((one) => one.schoolId === 's03')!.name;
    await admin.locator('input[type=file]').setInputFiles([
      file('orgs.csv', ['sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId', `s03,,,${school},school,,`]),
      file('users.csv', [
        'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
        'u1,,,true,s03,teacher,bai.he,,鹤,柏,,9801,,,,,,',
        'u2,,,true,s03,teacher,gu.feng,,枫,谷,,9802,,,,,,',
        'u3,,,true,s03,teacher,,,,,,9803,,,,,,',
        'p1,,,true,s03,student,stu1,,卡晗,皮,,20260001,,,,,03,',
      ]),
    ]);
    await admin.getByText('柏鹤 · 9801').waitFor();
    await admin.getByText('users.csv I4').or(admin.getByText('users.csv J4')).first().waitFor();
    await admin.getByText('文件里有 1 名学生').waitFor();
    expect(await admin.content()).not.toContain('卡晗');
    await admin.screenshot({ path: screenshot('import-oneroster-zh'), fullPage: true });
    await turnLanguage(admin);
    await admin.getByText('The file has 1 pupils').waitFor();
    await admin.screenshot({ path: screenshot('import-oneroster-en'), fullPage: true });
    await turnLanguage(admin);
    await admin.getByRole('button', { name: '导入', exact: true }).click();
    await admin.getByText('新增 2 行').waitFor();
    await admin.screenshot({ path: screenshot('import-lists-done-zh') });
    await admin.getByRole('button', { name: '撤销这次导入' }).click();
    await admin.getByText('已撤销').waitFor();
    expect(errors).toEqual([]);
  });

  test('a corrected table is remembered for the next file, and can be forgotten', async () => {
    await admin.goto(`${server.url}/admin/imports`);
    await admin.getByLabel('学校').selectOption('s03');
    await admin.getByLabel('学期').selectOption({ label: '导入学期' });
    const grid = (name: string) =>
      file(`${name}.csv`, [`${name}课程表,,,,,,`, '课次,星期一,星期二,星期三,星期四,星期五,星期六', '1,语文,数学,语文,数学,语文,书法']);
    await admin.locator('input[type=file]').setInputFiles(grid('一年级1班'));
    await admin.getByText('共 6 节课').waitFor();
    await admin.getByText('表头和格子里写的是什么').click();
    await admin.getByLabel('范围').fill('A2:F3');
    await admin.screenshot({ path: screenshot('imports-shape-zh'), fullPage: true });
    await admin.getByRole('button', { name: '重新读取' }).click();
    await admin.getByText('共 5 节课').waitFor();
    for (const select of await admin.locator('tr.open select').all()) await select.selectOption('new');
    await admin.getByRole('button', { name: '导入', exact: true }).click();
    await admin.getByText('已记住这次更正的读法').waitFor();

    await admin.locator('input[type=file]').setInputFiles(grid('一年级2班'));
    await admin.getByText('共 5 节课').waitFor();
    await admin.getByText('更正过的方式读取').waitFor();
    await admin.screenshot({ path: screenshot('imports-remembered-zh'), fullPage: true });
    await turnLanguage(admin);
    await admin.getByText('corrected it at').waitFor();
    await admin.setViewportSize({ width: 390, height: 844 });
    await admin.screenshot({ path: screenshot('imports-remembered-390-en'), fullPage: true });
    expect(await admin.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await admin.setViewportSize({ width: 1366, height: 768 });
    await turnLanguage(admin);
    await admin.getByRole('button', { name: '忘记这种读法' }).click();
    await admin.getByText('已忘记').waitFor();
    await admin.getByRole('button', { name: '换一个文件' }).click();
    await admin.locator('input[type=file]').setInputFiles(grid('一年级2班'));
    await admin.getByText('共 6 节课').waitFor();
    expect(errors).toEqual([]);
  });
});
