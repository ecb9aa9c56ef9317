import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { faultsOf } from './support/checks';
import { ask, layOutLessons } from './support/lessonSchool';
import { demoClip, screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Publisher } from './support/publisher';
import { Server } from './support/server';
import { settled, turnLanguage } from './support/walk';

const school = 's91';
const room = 's91-101';

/** A teacher's lesson of this morning: seen by the teacher first, reflected on, objected to, shown to a colleague. */
describe('a teacher', () => {
  let server: Server;
  let browser: Browser;
  let admin: Page;
  let teacher: Page;
  let errors: string[];
  let lesson: string;

  beforeAll(async () => {
    server = await Server.start({ Demo__Timetable: 'false', Lessons__AwayMinutes: '0.1', Lessons__ShortestMinutes: '0.5' });
    browser = await launchBrowser();
    admin = await (await newContext(browser)).newPage();
    await signIn(admin, server, 'administrator');
    await layOutLessons(
      admin, server, school, [{ roomId: room, name: '三年级1班', teacher: '陆青禾', number: '9101' }], [{ name: '方一鸣', number: '9102' }],
    );
    teacher = await signInByLink('陆青禾');
    errors = collectErrors(teacher, [/status of 401/, /status of 409/]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  async function signInByLink(name: string): Promise<Page> {
    const { rows } = (await (await admin.request.get(`${server.url}/api/books/teachers?schoolId=${school}`)).json()) as {
      rows: { id: string; name: string; number: string }[];
    };
    const { id: teacherId, number } = rows.find((row) => row.name === name)!;
    const account = { userName: `${school}-${number}`, displayName: name, role: 'teacher', schoolId: school, teacherId };
    const { invitation } = (await ask(admin, server, '/api/accounts', account)) as { invitation: { url: string } };
    const page = await (await newContext(browser, { width: 1366, height: 768 })).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(invitation.url);
    await page.getByLabel('密码', { exact: true }).fill('一句好记的话 2026');
    await page.getByLabel('再输入一次').fill('一句好记的话 2026');
    await page.getByRole('button', { name: '设置并登录' }).click();
    await page.waitForURL((url) => url.pathname !== '/invitation');
    return page;
  }

  test('gives a lesson, which an inspector visits', async () => {
    const { whipUrl, key } = await cameraKey(server, room);
    const camera = Publisher.start(demoClip, whipUrl, key);
    const list = async () =>
      (await (await admin.request.get(`${server.url}/api/lessons?roomId=${room}`)).json()) as { lessonId: string; from: string; to: string; ended: boolean }[];
    const inspector = await (await newContext(browser)).newPage();
    await signIn(inspector, server, 'inspector');
    const visit = async () =>
      inspector.request.post(`${server.url}/api/visits`, {
        headers: { origin: server.url }, data: { roomId: room, purpose: '随堂听课', media: 'both' },
      });
    await expect.poll(async () => (await visit()).status(), { timeout: 60_000, interval: 1000 }).toBe(201);
    await teacher.waitForTimeout(50_000);
    await camera.stop();
    await inspector.context().close();
    await expect.poll(async () => (await list()).some((one) => one.ended), { timeout: 60_000, interval: 1000 }).toBe(true);
    lesson = (await list()).find((one) => one.ended)!.lessonId;
  });

  test('writes the goals of a lesson to come, in the own week', async () => {
    await teacher.goto(`${server.url}/week`);
    const next = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    await teacher.goto(`${server.url}/week?date=${next}`);
    await teacher.getByRole('button', { name: /数学思维/ }).first().click();
    await teacher.getByLabel('目标 1', { exact: true }).fill('能估算两位数的积');
    await teacher.screenshot({ path: screenshot('week-goals-zh') });
    await teacher.getByRole('button', { name: '保存' }).click();
    await teacher.getByText('教学目标已保存').waitFor();
    await teacher.getByRole('button', { name: /数学思维/ }).first().click();
    await expect.poll(() => teacher.getByLabel('目标 1', { exact: true }).inputValue()).toBe('能估算两位数的积');
    await teacher.keyboard.press('Escape');
  });

  test('sees the own lesson before anybody else, from the own week', async () => {
    await teacher.goto(`${server.url}/week`);
    await teacher.getByRole('link', { name: /数学思维/ }).first().click();
    await teacher.getByRole('heading', { name: '课堂进程' }).waitFor();
    await teacher.getByText('应到 24 人').waitFor();
    expect(teacher.url()).toContain(lesson);

    await admin.goto(`${server.url}/lessons/${lesson}`);
    await admin.getByText('这节课先由任课教师查看').waitFor();
    await admin.screenshot({ path: screenshot('lesson-held-zh') });
  });

  test('goes to a moment, and sees what the class did there', async () => {
    await teacher.getByText('座位图：整节课哪里举过手').waitFor();
    await teacher.getByRole('img', { name: /\d+ 个座位/ }).waitFor();
    const slider = teacher.getByLabel('时刻');
    await slider.focus();
    await teacher.keyboard.press('End');
    await teacher.getByRole('heading', { name: /的课堂$/ }).waitFor();
    const seats = await teacher.locator('.moment circle').count();
    expect(seats / 2).toBeGreaterThan(18);
    await teacher.screenshot({ path: screenshot('lesson-moment-zh'), fullPage: true });
  });

  test('sets goals and judges them', async () => {
    await teacher.getByRole('button', { name: '写教学目标' }).click();
    await teacher.getByLabel('目标 1', { exact: true }).fill('会用竖式计算两位数乘法');
    await teacher.getByRole('button', { name: '再加一个目标' }).click();
    await teacher.getByLabel('目标 2', { exact: true }).fill('说得出每一步的理由');
    await teacher.locator('form.editor').getByRole('button', { name: '保存' }).click();
    await teacher.getByRole('group', { name: /会用竖式/ }).getByRole('button', { name: '达成', exact: true }).click();
    await teacher.getByRole('group', { name: /说得出/ }).getByRole('button', { name: '部分达成' }).click();
    await teacher.getByRole('button', { name: /目标达成率（教师）\s*50%/ }).click();
    await teacher.getByRole('dialog', { name: '目标达成率（教师）' }).getByText('goals-attained/1').waitFor();
    await teacher.keyboard.press('Escape');
  });

  test('divides the lesson beside the computed segments', async () => {
    await teacher.getByRole('button', { name: '自己分段' }).click();
    const card = teacher.locator('.review', { hasText: '我的分段' });
    await card.getByRole('combobox').first().fill('导入');
    await teacher.getByLabel('时刻').fill('20');
    await card.getByRole('button', { name: '在 0:20 分段' }).click();
    await card.getByRole('combobox').nth(1).fill('小组合作');
    await card.getByRole('button', { name: '保存' }).click();
    await teacher.locator('.chapters', { hasText: '导入' }).getByText('小组合作').waitFor();
  });

  test('writes a reflection and a remark on a moment', async () => {
    await teacher.getByLabel('教学反思').fill('后半段讲得多，下次先让学生说。');
    await teacher.locator('.review', { hasText: '教学反思' }).getByRole('button', { name: '保存' }).click();
    await teacher.getByText('反思已保存').waitFor();
    await teacher.getByLabel('批注内容').fill('这里等得太短');
    await teacher.getByRole('button', { name: '添加批注' }).click();
    await teacher.locator('.review li', { hasText: '这里等得太短' }).waitFor();
  });

  test('cuts a slice out, and says what kind of lesson it was', async () => {
    const card = teacher.locator('.review', { hasText: '切片' });
    for (const [second, button] of [['10', /^起点/], ['25', /^终点/]] as const) {
      await teacher.getByLabel('时刻').fill(second);
      await card.getByRole('button', { name: button }).click();
    }
    await card.getByLabel('导入').check();
    await card.getByLabel('这一段看什么').fill('第一个问题');
    await card.getByRole('button', { name: '切出这一段' }).click();
    await card.locator('li', { hasText: '第一个问题' }).getByText('0:10').waitFor();
    await teacher.getByRole('button', { name: '切片 0:10 第一个问题' }).click();
    await expect.poll(() => teacher.getByLabel('时刻').inputValue()).toBe('10');
    await teacher.getByRole('button', { name: /^批注 0:2\d 这里等得太短/ }).waitFor();
    await teacher.getByLabel('课型').selectOption('新授');
    await expect.poll(() => teacher.getByLabel('课型').inputValue()).toBe('新授');
  });

  test('objects to a figure where it is explained, and reads who looked', async () => {
    await teacher.locator('button.figure', { hasText: '抬头率' }).click();
    await teacher.getByRole('button', { name: '对这个数字有异议' }).click();
    await teacher.getByLabel('课堂上实际是怎样的').fill('这一分钟在写练习，低头是应该的。');
    await teacher.getByRole('button', { name: '提出异议' }).click();
    await teacher.locator('button.figure', { hasText: '抬头率 · 有异议' }).click();
    await teacher.getByRole('dialog', { name: '抬头率' }).getByText('这一分钟在写练习').waitFor();
    await teacher.keyboard.press('Escape');
    await teacher.reload();
    const looks = teacher.locator('.review', { hasText: '谁看过这节课' });
    await looks.getByText('王敏 · 巡课').waitFor();
    await looks.getByText('随堂听课').waitFor();
    await settled(teacher);
    await teacher.screenshot({ path: screenshot('lesson-review-zh'), fullPage: true });
  });

  test('is answered by the inspector who visited the lesson', async () => {
    const inspector = await (await newContext(browser)).newPage();
    inspector.setDefaultTimeout(30_000);
    await signIn(inspector, server, 'inspector');
    await inspector.goto(`${server.url}/lessons/${lesson}`);
    const card = inspector.locator('.review', { hasText: '数字异议' });
    await card.getByText('这一分钟在写练习').waitFor();
    await card.getByLabel('答复').fill('同意，录像里是练习。');
    await card.getByRole('button', { name: '异议成立' }).click();
    await card.getByText('同意，录像里是练习。').waitFor();
    expect(await inspector.getByText('后半段讲得多').count()).toBe(0); // the reflection is the teacher's own
    await inspector.context().close();
    await teacher.reload();
    await teacher.locator('.review', { hasText: '数字异议' }).getByText('同意，录像里是练习。').waitFor();
  });

  test('shows the lesson to one colleague by a link', async () => {
    await teacher.getByLabel('打开到').selectOption('第一个问题');
    await teacher.getByRole('button', { name: '做链接' }).click();
    const link = (await teacher.locator('code.url').textContent())!.trim();
    const colleague = await signInByLink('方一鸣');
    await colleague.goto(link);
    await colleague.waitForURL(`${server.url}/lessons/${lesson}?slice=*`);
    await colleague.getByRole('heading', { name: '课堂进程' }).waitFor();
    await expect.poll(() => colleague.getByLabel('时刻').inputValue()).toBe('10');
    await colleague.context().close();
    await teacher.reload();
    await teacher.locator('.review', { hasText: '给同事看' }).getByText('方一鸣').waitFor();
  });

  test('can do all of it on a laptop and a phone, in both languages', async () => {
    const found: string[] = [];
    for (const [width, height] of [[1366, 768], [390, 844]] as const) {
      await teacher.setViewportSize({ width, height });
      for (const language of ['zh', 'en']) {
        if (language === 'en') await turnLanguage(teacher);
        await settled(teacher);
        found.push(...(await faultsOf(teacher, false)).map((fault) => `${width} ${language}: ${fault}`));
        await teacher.screenshot({ path: screenshot(`lesson-teacher-${width}-${language}`), fullPage: true });
      }
      const { violations } = await new AxeBuilder({ page: teacher }).analyze();
      for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
        found.push(...one.nodes.slice(0, 3).map((node) => `${width} axe ${one.id}: ${node.html.slice(0, 160)}`));
      await teacher.evaluate(() => localStorage.setItem('xunke.locale', 'zh-CN'));
      await teacher.reload();
      await teacher.getByRole('heading', { name: '课堂进程' }).waitFor();
    }
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  });
});
