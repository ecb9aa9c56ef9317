import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { Server } from './support/server';
import { settled, turnLanguage } from './support/walk';

/** What axe finds that keeps somebody out. */
async function barriersOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}

const picture = { name: '现场照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]) };

/** What was found on a round becomes a notice, is answered with a picture, returned, answered again and looked at again. */
describe('a rectification', () => {
  let server: Server;
  let browser: Browser;
  let inspector: Page;
  let head: Page;
  let errors: string[];
  let number: string;

  beforeAll(async () => {
    server = await Server.start({ Demo__Timetable: 'false' });
    browser = await launchBrowser();
    inspector = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    head = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    errors = [...collectErrors(inspector, [/status of 401/]), ...collectErrors(head, [/status of 401/, /status of 400/])];
    await signIn(inspector, server, 'inspector');
    await signIn(head, server, 'principal');
    await findSomething();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  /** A round on which something is noted, as the page of rounds would send it. */
  async function findSomething(): Promise<void> {
    const headers = { origin: server.url };
    const round = (await (await inspector.request.get(`${server.url}/api/patrols/round`)).json()) as { form: { formId: string; version: number } };
    const visit = await inspector.request.post(`${server.url}/api/visits`, { headers, data: { roomId: 's01-101', purpose: '巡查' } });
    const { visitId } = (await visit.json()) as { visitId: string };
    const saved = await inspector.request.put(`${server.url}/api/patrols/${visitId}`, {
      headers, data: { formId: round.form.formId, version: round.form.version, answers: {}, note: '疏散通道堆放课桌' },
    });
    if (!saved.ok()) throw new Error(`${saved.status()} ${await saved.text()}`);
    await inspector.request.delete(`${server.url}/api/visits/${visitId}`, { headers });
  }

  test('begins beside what was found with everything filled in, by two clicks', async () => {
    await inspector.goto(`${server.url}/patrols`);
    await inspector.getByRole('button', { name: '发起整改' }).click();
    const dialog = inspector.getByRole('dialog', { name: '下发整改通知书' });
    await expect.poll(() => dialog.getByLabel('整改期限').inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(await dialog.getByLabel('事项').inputValue()).toBe('疏散通道堆放课桌');
    expect(await dialog.getByLabel('存在问题及整改要求').inputValue()).toContain('疏散通道堆放课桌');
    await settled(inspector);
    await inspector.screenshot({ path: screenshot('rectification-dialog') });
    expect(await faultsOf(inspector, false)).toEqual([]);
    await dialog.getByRole('button', { name: '下发', exact: true }).click();

    await inspector.getByRole('heading', { level: 1, name: /\d{4}-s01-001/ }).waitFor();
    number = (await inspector.getByRole('heading', { level: 1 }).innerText()).match(/\d{4}-s01-\d{3}/)![0];
    await inspector.getByRole('link', { name: '来自巡课' }).waitFor();
  });

  test('is answered by the school with files, and a file of another kind is refused', async () => {
    await head.getByRole('navigation').getByRole('link', { name: '整改', exact: true }).click();
    await head.getByRole('link', { name: number }).waitFor();
    await settled(head);
    expect(await faultsOf(head, false)).toEqual([]);
    await head.screenshot({ path: screenshot('rectifications-school') });
    await head.getByRole('link', { name: number }).click();
    await head.getByLabel('整改情况').fill('课桌已搬走。');
    await head.locator('input[type=file]').setInputFiles({ ...picture, buffer: Buffer.from('MZ no picture') });
    await head.getByRole('alert').filter({ hasText: '只收 JPG、PNG' }).waitFor();
    await head.locator('input[type=file]').setInputFiles(picture);
    await head.getByRole('button', { name: '移除附件 现场照片.jpg' }).waitFor();
    expect(await head.getByLabel('整改情况').inputValue()).toBe('课桌已搬走。');
    await settled(head);
    expect(await faultsOf(head, false)).toEqual([]);
    expect(await barriersOf(head)).toEqual([]);
    await head.screenshot({ path: screenshot('rectification-answer'), fullPage: true });
    await head.getByRole('button', { name: '回复', exact: true }).click();
    await head.getByText('待审核', { exact: true }).waitFor();
  });

  test('is returned, answered again, put right and looked at again, each page by itself', async () => {
    await inspector.getByRole('heading', { name: '审核', exact: true }).waitFor();
    await inspector.getByRole('button', { name: '下载附件 现场照片.jpg' }).waitFor();
    await settled(inspector);
    expect(await faultsOf(inspector, false)).toEqual([]);
    expect(await barriersOf(inspector)).toEqual([]);
    await inspector.screenshot({ path: screenshot('rectification-judge'), fullPage: true });
    await inspector.getByLabel('审核意见').fill('东侧还有两张');
    await inspector.getByRole('button', { name: '未到位' }).click();

    await head.getByText('东侧还有两张').waitFor();
    await head.getByLabel('整改情况').fill('已全部搬走');
    await head.getByRole('button', { name: '回复', exact: true }).click();
    await inspector.getByText('已全部搬走').waitFor();
    await inspector.getByLabel('需要复查，日期').first().check();
    await inspector.getByRole('button', { name: '到位', exact: true }).click();
    await inspector.getByRole('heading', { name: '复查', exact: true }).waitFor();
    await inspector.getByRole('button', { name: '到位', exact: true }).click();
    await inspector.getByText('已办结').waitFor();

    await inspector.getByRole('button', { name: '向区里报告' }).click();
    await inspector.getByRole('textbox', { name: '向区里报告' }).fill('学校重视，两轮到位');
    await inspector.getByRole('button', { name: '向区里报告' }).last().click();
    await inspector.getByText('学校重视，两轮到位').waitFor();
    const [file] = await Promise.all([inspector.waitForEvent('download'), inspector.getByRole('button', { name: '下载 Word' }).click()]);
    expect(file.suggestedFilename()).toBe(`整改通知书 ${number}.docx`);
    await settled(inspector);
    await inspector.screenshot({ path: screenshot('rectification-closed'), fullPage: true });
    expect(await head.getByText('学校重视').count()).toBe(0);
  });

  test('fits a phone and English, and the administrator finds it from the alerts', async () => {
    const phone = await (await newContext(browser, { width: 390, height: 844, touch: true })).newPage();
    await signIn(phone, server, 'principal');
    await phone.goto(`${server.url}/rectifications?filter=all`);
    await phone.getByRole('link', { name: number }).waitFor();
    await settled(phone);
    expect(await faultsOf(phone, true)).toEqual([]);
    await phone.screenshot({ path: screenshot('rectifications-phone'), fullPage: true });
    await phone.getByRole('link', { name: number }).click();
    await phone.getByText('已办结').waitFor();
    await settled(phone);
    expect(await faultsOf(phone, true)).toEqual([]);
    await phone.screenshot({ path: screenshot('rectification-phone'), fullPage: true });
    await phone.context().close();

    await turnLanguage(head);
    await head.goto(`${server.url}/rectifications?filter=all`);
    await head.getByRole('link', { name: number }).waitFor();
    await settled(head);
    expect(await faultsOf(head, false)).toEqual([]);
    await head.screenshot({ path: screenshot('rectifications-school-en') });
    const admin = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    await signIn(admin, server, 'administrator');
    await admin.goto(`${server.url}/alerts`);
    await admin.getByRole('main').getByRole('link', { name: '整改' }).click();
    await admin.waitForURL('**/rectifications*');
    await admin.getByRole('button', { name: '全部' }).click();
    await admin.getByRole('link', { name: number }).waitFor();
    await settled(admin);
    expect(await faultsOf(admin, false)).toEqual([]);
    await admin.screenshot({ path: screenshot('rectifications-administrator') });
    expect(errors).toEqual([]);
  });
});
