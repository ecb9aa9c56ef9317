import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Fonts, charts and whatever slides in have come to rest. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await Promise.race([
      Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished)),
      new Promise((later) => setTimeout(later, 1000)),
    ]);
  });
}

/** By the button that people press, which a phone has in its menu. */
export async function turnLanguage(page: Page): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.lang);
  const button = page.getByRole('button', { name: /^(English|中文)$/ });
  if ((await button.count()) === 0 || !(await button.isVisible())) {
    const toggle = page.locator('button[aria-controls=menu]');
    if ((await toggle.count()) === 0) return; // a page without a header, such as that of a wrong address before signing in
    await toggle.click();
  }
  await button.click();
  await page.waitForFunction((was) => document.documentElement.lang !== was, before);
  await page.keyboard.press('Escape');
}

/** Some seconds of the room, for the player. */
export async function recordSomething(page: Page, room: string): Promise<string> {
  const { origin } = new URL(page.url());
  const url = `${origin}/api/rooms/${room}/recording`;
  // As a page would send it: the server refuses changes whose origin it does not know.
  const headers = { origin };
  const begun = await page.request.post(url, { headers, data: { reason: '公开课存档', minutes: 2 } });
  if (!begun.ok()) throw new Error(`no recording: ${begun.status()} ${await begun.text()}`);
  await page.waitForTimeout(5_000);
  await page.request.delete(url, { headers });
  const list = (await (await page.request.get(`${origin}/api/recordings`)).json()) as { recordingId: string }[];
  return list[0]!.recordingId;
}

export async function lessonThatIsOver(page: Page): Promise<string> {
  const find = async () => {
    const lessons = (await (await page.request.get(`${new URL(page.url()).origin}/api/lessons`)).json()) as { lessonId: string; ended: boolean }[];
    return lessons.find((lesson) => lesson.ended)?.lessonId ?? '';
  };
  await expect.poll(find, { timeout: 90_000, interval: 1000 }).toBeTruthy();
  return find();
}
