import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { password, Server } from './support/server';
import { turnLanguage } from './support/walk';

const wanted = 'A new password 2026';

/** The six digits that an application shows for a key (RFC 6238), some half minutes from now. */
function codeOf(key: string, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const fives = [...key.replace(/[\s=]/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'));
  const bits = fives.join('');
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = digest[19]! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** What people do with their own account, and what an account that is limited sees. */
describe('own account', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  async function open(width: number, height: number): Promise<{ page: Page; errors: string[] }> {
    const context = await newContext(browser, { width, height });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    return { page, errors: collectErrors(page, [/status of 401/, /status of 400/]) };
  }

  test('the password is changed, codes are set up and asked for, in both languages', async () => {
    const { page, errors } = await open(1366, 768);
    await signIn(page, server, 'principal');
    await page.getByRole('link', { name: '陈国华' }).click();
    await page.waitForURL(`${server.url}/account`);
    const card = page.getByRole('region', { name: '更改密码' });
    await card.getByLabel('现在的密码').fill('not the password');
    await card.getByLabel('新密码').fill(wanted);
    await card.getByLabel('再输入一次').fill(wanted);
    await card.getByRole('button', { name: '更改密码' }).click();
    await card.getByText('现在的密码不对').waitFor();
    await card.getByLabel('现在的密码').fill(password);
    await card.getByRole('button', { name: '更改密码' }).click();
    await page.getByText('密码已更改').waitFor();
    await page.screenshot({ path: screenshot('own-account-zh'), fullPage: true });

    const factor = page.getByRole('region', { name: '两步验证' });
    await factor.getByRole('button', { name: '设置两步验证' }).click();
    await factor.getByLabel('请先输入密码').fill(wanted);
    await factor.getByRole('button', { name: '下一步' }).click();
    const key = (await factor.locator('code').textContent())!;
    await page.screenshot({ path: screenshot('own-account-qr-zh'), fullPage: true });
    await factor.getByLabel('输入应用里显示的 6 位数字').fill(codeOf(key));
    await factor.getByRole('button', { name: '开启' }).click();
    await factor.locator('li code').nth(9).waitFor();
    const recovery = (await factor.locator('li code').first().textContent())!;
    await page.screenshot({ path: screenshot('own-account-codes-zh'), fullPage: true });
    await factor.getByRole('button', { name: '我已保存好' }).click();
    await factor.getByText('还有 10 个备用码').waitFor();
    await turnLanguage(page);
    await page.screenshot({ path: screenshot('own-account-en'), fullPage: true });
    expect(errors).toEqual([]);

    const phone = await open(390, 844);
    await phone.page.goto(`${server.url}/login`);
    await phone.page.locator('input[name=username]').fill('principal');
    await phone.page.locator('input[name=password]').fill(wanted);
    await phone.page.keyboard.press('Enter');
    await phone.page.getByLabel('验证码').fill('000000');
    await phone.page.screenshot({ path: screenshot('login-code-zh') });
    await phone.page.keyboard.press('Enter');
    await phone.page.getByText('验证码不对').waitFor();
    await phone.page.getByLabel('验证码').fill(recovery);
    await phone.page.keyboard.press('Enter');
    await phone.page.waitForURL(`${server.url}/schools/s01`);
    await phone.page.goto(`${server.url}/account`);
    await phone.page.getByText('还有 9 个备用码').waitFor();
    await phone.page.screenshot({ path: screenshot('own-account-phone-zh'), fullPage: true });
    expect(phone.errors).toEqual([]);
  });

  test('an inspector who is limited to schools sees these, and a machine gets a token', async () => {
    const { page, errors } = await open(1366, 768);
    await signIn(page, server, 'administrator');
    await page.goto(`${server.url}/admin/accounts`);
    await page.getByRole('row', { name: /王敏/ }).getByRole('button', { name: '修改' }).click();
    const dialog = page.getByRole('dialog');
    const schools = (await (await page.request.get(`${server.url}/api/schools`)).json()) as { schoolId: string; name: string }[];
    const named = schools.filter((one) => ['s01', 's03'].includes(one.schoolId)).map((one) => one.name);
    // What is chosen, or that nothing is, lies over the field.
    await dialog.locator('label', { hasText: '限定学校' }).locator('.el-select__wrapper').click();
    for (const name of named) await page.locator('.el-select-dropdown__item:visible', { hasText: name }).click();
    await page.keyboard.press('Tab');
    await dialog.getByLabel('到（含当天）').fill('2099-12-31');
    await page.keyboard.press('Enter');
    await page.screenshot({ path: screenshot('accounts-scope-zh') });
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByRole('row', { name: /王敏.*2099-12-31/ }).waitFor();
    await page.screenshot({ path: screenshot('accounts-limited-zh') });

    await page.getByRole('link', { name: '机器令牌' }).click();
    await page.getByText('还没有机器令牌').waitFor();
    await page.getByRole('button', { name: '新令牌' }).click();
    await page.getByLabel('给谁用').fill('区数据平台');
    await page.getByText('教室实时数字').click();
    await page.screenshot({ path: screenshot('tokens-make-zh') });
    await page.getByRole('dialog').getByRole('button', { name: '新令牌' }).click();
    const token = (await page.locator('.secret').textContent())!.trim();
    await page.screenshot({ path: screenshot('tokens-secret-zh') });
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByRole('row', { name: /区数据平台.*有效/ }).waitFor();
    await page.screenshot({ path: screenshot('tokens-zh') });
    expect((await fetch(`${server.url}/api/schools`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    await turnLanguage(page);
    await page.screenshot({ path: screenshot('tokens-en') });
    expect(errors).toEqual([]);

    const limited = await open(390, 844);
    await signIn(limited.page, server, 'inspector');
    await limited.page.waitForURL(`${server.url}/schools`);
    await limited.page.locator('main li').nth(1).waitFor();
    expect(await limited.page.locator('main li').count()).toBe(2);
    await limited.page.screenshot({ path: screenshot('schools-limited-zh') });
    await limited.page.goto(`${server.url}/account`);
    await limited.page.getByText('至 2099-12-31').waitFor();
    await turnLanguage(limited.page);
    await limited.page.screenshot({ path: screenshot('own-account-limited-en'), fullPage: true });
    expect(limited.errors).toEqual([]);
  });
});
