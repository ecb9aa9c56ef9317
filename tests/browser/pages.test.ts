import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf, tabFaultsOf } from './support/checks';
import { type PageRow, pages, routesOfTheRouter, type Seeds } from './support/pages';
import { demoClip, screenshot } from './support/paths';
import { cameraKey, type DemoUser, signIn } from './support/people';
import { Publisher } from './support/publisher';
import { Server } from './support/server';
import { lessonThatIsOver, recordSomething, settled, turnLanguage } from './support/walk';

const room = 's01-101';

/** What pages are held in and looked at on: a phone and a tablet by finger, a laptop and a wall by mouse and keys. */
const screens = {
  touch: [{ width: 360, height: 740 }, { width: 768, height: 1024 }],
  mouse: [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }],
} as const;
type Hand = keyof typeof screens;
const hands: readonly Hand[] = ['touch', 'mouse'];

/** Every page of the router, on every screen, in both languages, for everybody who may see it. */
describe('every page', () => {
  let server: Server;
  let browser: Browser;
  let camera: Publisher;
  let seeds: Seeds;
  const opened = new Map<string, Promise<{ page: Page; errors: string[] }>>();

  beforeAll(async () => {
    server = await Server.start({ Lessons__AwayMinutes: '0.1', Lessons__ShortestMinutes: '0.5' });
    await showClass();
    browser = await launchBrowser();
    seeds = { school: 's01', room, recording: '', lesson: '' };
    const { page } = await as('administrator', 'mouse');
    await page.goto(`${server.url}/schools/s01`);
    await page.locator('article.tile').first().waitFor({ timeout: 30_000 });
    seeds.recording = await recordSomething(page, room);
  });

  afterAll(async () => {
    await camera?.stop();
    await browser?.close();
    await server?.dispose();
  });

  async function showClass(): Promise<void> {
    const { whipUrl, key } = await cameraKey(server, room);
    camera = Publisher.start(demoClip, whipUrl, key);
  }

  /** A lesson with a timetable ends with its period, whatever the time of the test, or when the class has gone. */
  async function endLesson(): Promise<string> {
    const { page } = await as('administrator', 'mouse');
    await camera.stop();
    const lesson = await lessonThatIsOver(page);
    await showClass();
    return lesson;
  }

  /** The page of somebody who holds or sits before the first of a hand's screens; signed in once. */
  function as(who: DemoUser | 'nobody', hand: Hand): Promise<{ page: Page; errors: string[] }> {
    const key = `${who} ${hand}`;
    const known = opened.get(key);
    if (known) return known;
    const opening = (async () => {
      const context = await newContext(browser, { ...screens[hand][0], touch: hand === 'touch' });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      // The first look for a session of somebody who has none; the end of a stream that ended with its visit.
      const errors = collectErrors(page, [/status of 401/, /status of 404 .*\/(whep|api\/(observations|rectifications))\//]);
      if (who !== 'nobody') await signIn(page, server, who);
      return { page, errors };
    })();
    opened.set(key, opening);
    opening.catch(() => opened.delete(key)); // the next test tries again
    return opening;
  }

  test('has a row in the table', () => {
    expect(pages.map((row) => row.route).toSorted()).toEqual(routesOfTheRouter().toSorted());
  });

  test.each(pages.map((row) => [row.name, row] as const))('%s is usable on every screen', async (_, row) => {
    if (row.route === '/lessons') seeds.lesson = await endLesson();
    const found: string[] = [];
    for (const hand of hands) {
      for (const who of row.as) {
        const { page, errors } = await as(who, hand);
        const [small, large] = screens[hand];
        await open(page, row);
        const look = async (screen: { width: number; height: number }, language: string) => {
          await page.setViewportSize(screen);
          await settled(page);
          const where = `${row.name} ${who} ${screen.width} ${language}`;
          found.push(...(await faultsOf(page, hand === 'touch')).map((fault) => `${where}: ${fault}`));
          if (who === row.as[0] && (language === 'zh' || screen === small)) await page.screenshot({ path: screenshot(`page-${row.name}-${screen.width}-${language}`) });
        };
        if (who === row.as[0]) {
          await look(large, 'zh');
          await look(small, 'zh');
          found.push(...(await tabFaultsOf(page)).map((fault) => `${row.name} ${small.width}: ${fault}`));
          // Both themes are measured for contrast, one on each screen.
          await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), hand === 'touch');
          await page.waitForTimeout(200);
          const { violations } = await new AxeBuilder({ page }).analyze();
          for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
            found.push(...one.nodes.slice(0, 3).map((node) => `${row.name} ${small.width} axe ${one.id}: ${node.html.slice(0, 160)}`));
          await page.evaluate(() => document.documentElement.classList.remove('dark'));
          await turnLanguage(page);
          await look(small, 'en');
          await look(large, 'en');
        } else {
          // The same page for somebody else differs in what it holds, not in how it is laid out: one language a hand will do.
          if (hand === 'mouse') await turnLanguage(page);
          await look(large, hand === 'mouse' ? 'en' : 'zh');
          await look(small, hand === 'mouse' ? 'en' : 'zh');
        }
        await page.evaluate(() => localStorage.setItem('xunke.locale', 'zh-CN'));
        found.push(...errors.splice(0).map((error) => `${row.name} ${who} console: ${error}`));
      }
    }
    expect(found).toEqual([]);
  }, 300_000);

  test('a visit has its picture first and its buttons under the thumb', async () => {
    const { page, errors } = await as('inspector', 'touch');
    await page.setViewportSize(screens.touch[0]);
    await page.goto(`${server.url}/rooms/${room}`);
    await page.getByRole('dialog').waitFor();
    await settled(page);
    expect(await faultsOf(page, true, '[role=dialog]')).toEqual([]);
    await page.screenshot({ path: screenshot('page-purpose-360-zh') });
    await page.getByRole('dialog').getByRole('button', { name: '开始巡课' }).click();
    await page.locator('.stage.video').waitFor({ timeout: 30_000 });
    await settled(page);
    expect(await faultsOf(page, true)).toEqual([]);
    const picture = (await page.locator('.stage').boundingBox())!;
    expect(picture.y).toBeLessThan(250);
    const leave = (await page.getByRole('button', { name: '结束巡课' }).boundingBox())!;
    expect(leave.y).toBeGreaterThan(740 - 80);
    await page.screenshot({ path: screenshot('page-visit-360-zh') });

    // A figure explains itself, the keyboard goes in and comes back.
    const figure = page.locator('button.figure').first();
    await figure.focus();
    await page.keyboard.press('Enter');
    const card = page.locator('.provenance [role=dialog]');
    await card.waitFor();
    await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await faultsOf(page, true, '.provenance')).toEqual([]);
    await page.screenshot({ path: screenshot('page-provenance-360-zh') });
    await page.keyboard.press('Escape');
    expect(await figure.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.getByRole('button', { name: '诊断' }).click();
    await page.getByTestId('figures').waitFor();
    await settled(page);
    expect(await faultsOf(page, true, '[data-testid=figures]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('figures').waitFor({ state: 'hidden' });
    expect(await page.getByRole('button', { name: '诊断' }).evaluate((element) => element === document.activeElement)).toBe(true);

    await page.getByRole('button', { name: '结束巡课' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束巡课' }).click();
    await page.waitForURL(/\/schools\//);
    expect(errors.splice(0)).toEqual([]);
  });

  test.each(hands)('its dialogs fit, take the focus and close by Escape (%s)', async (hand) => {
    const { page, errors } = await as('administrator', hand);
    await page.setViewportSize(screens[hand][0]);
    const look = async (name: string) => {
      await page.getByRole('dialog').waitFor();
      await settled(page);
      expect({ name, faults: await faultsOf(page, hand === 'touch', '[role=dialog]') }).toEqual({ name, faults: [] });
      expect(await page.getByRole('dialog').evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
      await page.screenshot({ path: screenshot(`dialog-${name}-${screens[hand][0].width}`) });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    };
    await open(page, pages.find((row) => row.name === 'admin-rooms')!);
    await page.getByRole('button', { name: /画面来源/ }).first().click();
    await page.getByRole('radio', { name: /RTSP/ }).check();
    await look('camera');
    await page.getByRole('button', { name: /更换.*密钥/ }).first().click();
    await look('rotate');
    await open(page, pages.find((row) => row.name === 'recordings')!);
    await page.getByRole('button', { name: /删除/ }).first().click();
    await look('delete');
    await open(page, pages.find((row) => row.name === 'room')!);
    await page.getByRole('button', { name: '录下这节课' }).click();
    await look('lesson');
    await page.keyboard.press('?');
    await look('keys');
    expect(errors.splice(0)).toEqual([]);
  });

  test('the menu of a phone has everything, and Escape folds it', async () => {
    const { page } = await as('principal', 'touch');
    await page.setViewportSize(screens.touch[0]);
    await page.goto(`${server.url}/visits`);
    const toggle = page.getByRole('button', { name: '菜单' });
    await toggle.click();
    for (const name of ['本校教室', '巡课记录', '课堂快照', '录像']) await page.getByRole('link', { name, exact: true }).waitFor();
    for (const name of ['English', '退出']) await page.getByRole('button', { name }).waitFor();
    await page.getByText('校长').waitFor();
    await settled(page);
    expect(await faultsOf(page, true, 'header')).toEqual([]);
    await page.screenshot({ path: screenshot('page-menu-360-zh') });
    await page.keyboard.press('Escape');
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    expect(await toggle.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('the keyboard can pass over the header', async () => {
    const { page } = await as('inspector', 'mouse');
    await page.goto(`${server.url}/visits`);
    await page.locator('main').waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('says when it is loading, when the server is away, and shows its content when it is back', async () => {
    const context = await newContext(browser, screens.touch[0]);
    const page = await context.newPage();
    await signIn(page, server, 'inspector');
    await page.goto(`${server.url}/visits`);
    await page.locator('tbody tr').first().waitFor();
    let release = () => {};
    const held = new Promise<void>((go) => (release = go));
    await page.route('**/api/visits?**', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: '30 天' }).click();
    await page.getByText('正在加载').waitFor();
    release();
    await page.locator('tbody tr').first().waitFor();
    await page.unroute('**/api/visits?**');

    await context.setOffline(true);
    await page.getByText('连接断开', { exact: true }).waitFor();
    await page.getByRole('button', { name: '7 天' }).click();
    await page.getByText('连不上服务器').waitFor();
    await page.screenshot({ path: screenshot('page-offline-360-zh') });
    await context.setOffline(false);
    await page.locator('tbody tr').first().waitFor({ timeout: 20_000 });
    await page.getByText('实时', { exact: true }).waitFor();
    await context.close();
  });

  test('is not called usable when it is not: the checks see what was broken', async () => {
    const { page } = await as('administrator', 'touch');
    await page.setViewportSize(screens.touch[0]);
    await page.goto(`${server.url}/visits`);
    await page.locator('main h1').waitFor();
    expect(await faultsOf(page, true)).toEqual([]);
    const broken = async (css: string) => {
      const style = await page.addStyleTag({ content: css });
      const faults = (await faultsOf(page, true)).join('\n');
      await style.evaluate((element) => (element as HTMLElement).remove());
      return faults;
    };
    expect(await broken('header .menu { display: flex !important; position: static !important } header nav { display: flex !important; width: 10rem }')).toMatch(/overlap in the header/);
    expect(await broken('main .heading { width: 900px }')).toMatch(/the document is 9\d\d wide/);
    expect(await broken('.segments button { min-height: 30px !important }')).toMatch(/30\.0 px high to the finger/);
    expect(await broken(':focus-visible { outline: none !important }')).toBe('');
    await page.addStyleTag({ content: ':focus-visible { outline: none !important }' });
    expect((await tabFaultsOf(page)).join('\n')).toMatch(/the focus cannot be seen/);
    await page.locator('.segments button').first().evaluate((button) => ((button as HTMLButtonElement).tabIndex = -1));
    await page.locator('.segments button').last().evaluate((button) => (button.textContent = ''));
    expect((await faultsOf(page, true)).join('\n')).toMatch(/has no name[\s\S]*Tab does not reach|Tab does not reach[\s\S]*has no name/);
  });

  async function open(page: Page, row: PageRow): Promise<void> {
    await page.goto(server.url + row.open(seeds));
    await page.locator(row.ready).first().waitFor();
    if (row.name !== 'room') return;
    // The page asks for a purpose first; a seat map needs none.
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    // Escape has closed the question and nothing else.
    expect(new URL(page.url()).pathname).toBe(row.open(seeds));
  }
});
