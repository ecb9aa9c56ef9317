import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { screenshot } from './support/paths';
import { signIn } from './support/people';
import { password, Server } from './support/server';
import { SignInService } from './support/service';
import { turnLanguage } from './support/walk';

/** Somebody signs in by a service of another site, with the cookies that a browser really sends then. */
describe('sign-in services', () => {
  let service: SignInService;
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    service = await SignInService.start();
    server = await Server.start(service.settings);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    service?.stop();
  });

  async function open(width: number, height: number): Promise<{ page: Page; errors: string[] }> {
    const context = await newContext(browser, { width, height });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    return { page, errors: collectErrors(page, [/status of 40[0134]/]) };
  }

  async function travel(page: Page): Promise<void> {
    await page.goto(`${server.url}/login?back=/visits`);
    await page.getByRole('button', { name: '用企业微信登录' }).click();
    await page.getByRole('link', { name: '我是张三' }).click();
  }

  test('an account is linked once by the password, and then the service is enough', async () => {
    const { page, errors } = await open(1366, 768);
    await page.goto(`${server.url}/login`);
    await page.getByRole('button', { name: '用企业微信登录' }).waitFor();
    await page.screenshot({ path: screenshot('service-login-zh') });
    expect(await faultsOf(page, false)).toEqual([]);
    await travel(page);
    await page.getByText('“张三”还没有关联').waitFor();
    await page.screenshot({ path: screenshot('service-not-linked-zh') });
    await page.locator('input[name=username]').fill('inspector');
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '关联企业微信？' }).waitFor();
    await page.screenshot({ path: screenshot('service-link-zh') });
    expect(await faultsOf(page, false)).toEqual([]);
    await turnLanguage(page);
    await page.screenshot({ path: screenshot('service-link-en') });
    await page.getByRole('button', { name: 'Link' }).click();
    await page.waitForURL(`${server.url}/visits`);
    expect(errors).toEqual([]);

    const phone = await open(390, 844);
    await travel(phone.page);
    await phone.page.waitForURL(`${server.url}/visits`);
    await phone.page.goto(`${server.url}/account`);
    const card = phone.page.getByRole('region', { name: '其他登录方式' });
    await card.getByRole('button', { name: '解除' }).waitFor();
    await phone.page.screenshot({ path: screenshot('service-account-zh'), fullPage: true });
    expect(phone.errors).toEqual([]);
  });

  test('an administrator unlinks it, and the person links it again on the own page', async () => {
    const { page } = await open(1366, 768);
    await signIn(page, server, 'administrator');
    await page.goto(`${server.url}/admin/accounts`);
    await page.getByRole('button', { name: '第三方登录' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '解除' }).click();
    await page.screenshot({ path: screenshot('service-unlink-zh') });
    await page.locator('.el-message-box').getByRole('button', { name: '解除' }).click();
    await page.getByText('没有关联').waitFor();

    const person = await open(1366, 768);
    await signIn(person.page, server, 'inspector');
    await person.page.goto(`${server.url}/account`);
    const card = person.page.getByRole('region', { name: '其他登录方式' });
    await card.getByRole('button', { name: '去关联' }).click();
    await person.page.getByRole('link', { name: '我是张三' }).click();
    await card.getByText('“张三”').waitFor();
    await person.page.screenshot({ path: screenshot('service-account-link-zh'), fullPage: true });
    await card.getByLabel('现在的密码').fill(password);
    await card.getByRole('button', { name: '关联', exact: true }).click();
    await card.getByRole('button', { name: '解除' }).waitFor();
    await card.getByRole('button', { name: '解除' }).click();
    await card.getByRole('button', { name: '去关联' }).waitFor();
    expect(person.errors).toEqual([]);
  });

  test('a service that does not answer is told, and the password works', async () => {
    const { page } = await open(390, 844);
    service.answers = false;
    await travel(page);
    await page.getByText('企业微信没有应答').waitFor();
    await page.screenshot({ path: screenshot('service-down-phone-zh') });
    service.answers = true;
    await page.locator('input[name=username]').fill('inspector');
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}/visits`);
  });
});
