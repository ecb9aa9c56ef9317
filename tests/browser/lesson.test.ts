import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { demoClip, screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Publisher } from './support/publisher';
import { Server } from './support/server';

const room = 's01-101';

interface Figure {
  value: number | null;
  state: string;
  n: number;
  coverage: number;
}

/** What the tests read of a snapshot (docs/analyse.md). */
interface Snapshot {
  input: { durationSeconds: number; speakersBy: string };
  lesson: {
    histogram: Record<'people' | 'handRaised' | 'standing' | 'headUp' | 'headDown', number>;
    response: Figure;
    teacher: Record<'front' | 'atBoard' | 'amongPupils', Figure>;
    speech: Record<'teacherTalk' | 'pupilTalk' | 'manyAtOnce' | 'turns', Figure>;
  };
  st: { sequence: string; rt: Figure; ch: Figure };
  answers: { count: Figure; all: { from: number; to: number; stands: boolean }[] };
}

/** One round of the demo clip, from a camera with sound to the snapshot that the server keeps by itself. */
describe('a lesson', () => {
  let server: Server;
  let browser: Browser;
  let camera: Publisher;
  let page: Page;
  let errors: string[];
  let lessonId: string;
  let snapshot: Snapshot;

  beforeAll(async () => {
    // Without a timetable, for a lesson ends with its period, whatever the time of the test.
    server = await Server.start({ Demo__Timetable: 'false', Lessons__LongestMinutes: '1', Lessons__ShortestMinutes: '0.5' });
    const { whipUrl, key } = await cameraKey(server, room);
    camera = Publisher.start(demoClip, whipUrl, key);
    browser = await launchBrowser();
    page = await (await newContext(browser)).newPage();
    errors = collectErrors(page, [/status of 401/]);
    await signIn(page, server, 'inspector');
  });

  afterAll(async () => {
    await camera?.stop();
    await browser?.close();
    await server?.dispose();
  });

  test('tells in the room where the teacher is and how much is spoken', async () => {
    await page.goto(`${server.url}/rooms/${room}`);
    await page.getByRole('dialog').getByRole('button', { name: '先不进入' }).click();
    await page.locator('button.figure', { hasText: '教师位置' }).getByText('讲台前').waitFor({ timeout: 30_000 });
    await page.locator('button.speech').waitFor({ timeout: 30_000 });
  });

  test('is kept when it is over, without anybody’s help', async () => {
    await expect.poll(() => ended(page), { timeout: 90_000, interval: 1000 }).toBeTruthy();
    await camera.stop();
    lessonId = (await ended(page))!;
    snapshot = await page.evaluate(async (id) => (await fetch(`/api/lessons/${id}`)).json(), lessonId);
    expect(Math.abs(snapshot.input.durationSeconds - 60)).toBeLessThan(3);
  });

  test('holds the people and behaviours that the clip shows', () => {
    // The clip's ground truth: 24 pupils, of all their time 3 % with a hand up, 0.5 % standing, 74 % listening or talking, 21 % writing or reading.
    const { histogram, response, teacher } = snapshot.lesson;
    expect(histogram.people).toBeGreaterThan(18);
    expect(histogram.people).toBeLessThanOrEqual(25);
    expect(Math.abs(histogram.handRaised - 0.03)).toBeLessThan(0.02);
    expect(histogram.standing).toBeGreaterThan(0);
    expect(histogram.standing).toBeLessThan(0.015);
    expect(Math.abs(histogram.headUp - 0.74)).toBeLessThan(0.12);
    expect(Math.abs(histogram.headDown - 0.21)).toBeLessThan(0.12);
    // Ten of the 24 raise a hand or stand.
    expect(response).toMatchObject({ state: 'ok' });
    expect(Math.abs(response.value! - 10 / 24)).toBeLessThan(0.2);
    // The teacher walks before the first row, and writes on the board right under the camera, where nobody is seen.
    expect(teacher.front).toMatchObject({ state: 'ok' });
    expect(teacher.front.value).toBeGreaterThan(0.9);
    expect(teacher.front.coverage).toBeLessThan(1);
  });

  test('holds who spoke, for how long and in what order', () => {
    // The clip's script: the teacher 19.5 s, one pupil 5.6 s, then all at once 11 s. Where in it the minute begins is up to how
    // fast the machine is: a turn that the beginning cuts counts twice, and a busy machine's sound has gaps.
    const { speech } = snapshot.lesson;
    expect(snapshot.input.speakersBy).toBe('voices');
    expect(Math.abs(speech.teacherTalk.value! - 0.325)).toBeLessThan(0.1);
    expect(Math.abs(speech.pupilTalk.value! - 0.28)).toBeLessThan(0.1);
    expect(speech.manyAtOnce.value).toBeGreaterThan(0.1);
    expect(speech.turns.value).toBeGreaterThanOrEqual(4);
    expect(speech.turns.value).toBeLessThanOrEqual(8);
    expect(snapshot.st).toMatchObject({ rt: { state: 'ok', n: 2 }, ch: { state: 'ok' } });
    expect(snapshot.st.sequence).toMatch(/^T?S+T?$/);
  });

  test('holds the one answer, given standing', () => {
    // From 28.4 to 34 s of the clip; the lesson begins once the class is in its seats, some seconds into it.
    expect(snapshot.answers.count).toMatchObject({ value: 1, state: 'ok' });
    const [answer] = snapshot.answers.all;
    expect(answer).toMatchObject({ stands: true });
    expect(answer!.from).toBeGreaterThan(5);
    expect(answer!.from).toBeLessThan(28.4);
    expect(Math.abs(answer!.to - answer!.from - 5.6)).toBeLessThan(3);
  });

  test('is shown on its page, every figure with what it is made of', async () => {
    await page.goto(`${server.url}/lessons`);
    await page.locator('table tbody tr a').first().click();
    await page.getByRole('heading', { name: '课堂进程' }).waitFor();
    const share = Math.round(100 * snapshot.lesson.teacher.front.value!);
    await page.getByRole('button', { name: `讲台前 ${share}%`, exact: true }).click();
    const about = page.locator('.provenance');
    await about.getByText('teacher-places/1').waitFor();
    expect(await about.innerText()).toContain(`样本数 n\n${snapshot.lesson.teacher.front.n}`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /起立应答/ }).click();
    await about.getByText('answer/2').waitFor();
    await page.keyboard.press('Escape');
    await page.screenshot({ path: screenshot('lesson-zh') });

    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

/** The name of the room's lesson that is over; null while there is none. */
function ended(page: Page): Promise<string | null> {
  return page.evaluate(async (room) => {
    const lessons: { lessonId: string; ended: boolean }[] = await (await fetch(`/api/lessons?roomId=${room}`)).json();
    return lessons.findLast((lesson) => lesson.ended)?.lessonId ?? null;
  }, room);
}
