import type { Page } from 'playwright-core';
import { password, type Server } from './server';

export type DemoUser = 'inspector' | 'principal' | 'administrator' | 'teacher';

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, server: Server, user: DemoUser): Promise<void> {
  await page.goto(`${server.url}/login`);
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** The room's WHIP address and key, as an administrator copies them. */
export async function cameraKey(server: Server, roomId: string): Promise<{ whipUrl: string; key: string }> {
  const session = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userName: 'administrator', password }),
  });
  const cookie = session.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  const rooms = await fetch(`${server.url}/api/admin/rooms?schoolId=${roomId.split('-')[0]}`, { headers: { cookie } });
  const list = (await rooms.json()) as { roomId: string; whipUrl: string; key: string }[];
  const room = list.find((r) => r.roomId === roomId);
  if (!room) throw new Error(`no room ${roomId}`);
  return room;
}

/** Frames that the page's video has shown so far. */
export function framesShown(page: Page): Promise<number> {
  return page.locator('video').evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
}

/** The tile of a room on a school's wall. */
export function tileOf(page: Page, roomId: string) {
  return page.locator('article.tile', { has: page.locator(`[data-cell="${roomId}"]`) });
}
