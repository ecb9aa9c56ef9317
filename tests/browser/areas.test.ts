import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectErrors, launchBrowser, newContext } from './support/browser';
import { Camera } from './support/camera';
import { screenshot } from './support/paths';
import { cameraKey, signIn } from './support/people';
import { Server } from './support/server';

const room = 's02-101';

/** An administrator draws the areas of a live room. */
describe('the seat areas of a room', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let admin: Page;
  let errors: string[];

  beforeAll(async () => {
    server = await Server.start();
    camera = await Camera.open();
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key)).status).toBe(201);
    browser = await launchBrowser();
    admin = await (await newContext(browser)).newPage();
    errors = collectErrors(admin, [/status of 401/, /status of 409/]);
    await signIn(admin, server, 'administrator');
    await admin.goto(`${server.url}/admin/rooms?school=s02`);
  });

  afterAll(async () => {
    await browser?.close();
    await camera?.close();
    await server?.dispose();
  });

  const corner = (page: Page, area: 'pupils' | 'front', index: number) => page.locator(`[data-corner="${area}-${index}"]`);
  const places = (page: Page, area: 'pupils' | 'front') =>
    page.locator(`[data-corner^="${area}-"]`).evaluateAll((corners) => corners.map((one) => one.getAttribute('aria-label')!));

  test('are learnt while the class is watched, and shown over a picture without faces', async () => {
    await admin.locator('tbody tr').first().getByRole('link', { name: /座位区域/ }).click();
    await admin.locator('.stage img').waitFor({ timeout: 60_000 });
    await admin.getByText(/学到 \d+ 个座位/).waitFor({ timeout: 110_000 });
    expect(await admin.locator('.seat').count()).toBeGreaterThan(8);
    await admin.screenshot({ path: screenshot('areas-learnt-zh') });
  });

  test('are dragged, saved, and there again after a reload', async () => {
    // Whether the teacher was seen at the front in half a minute is the clip's affair.
    const addFront = admin.getByRole('button', { name: '添加讲台区' });
    if (await addFront.count()) await addFront.click();
    const before = await places(admin, 'pupils');
    const box = (await corner(admin, 'pupils', 0).boundingBox())!;
    await admin.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await admin.mouse.down();
    await admin.mouse.move(box.x + 30, box.y - 25, { steps: 4 });
    await admin.mouse.up();
    const dragged = await places(admin, 'pupils');
    expect(dragged[0]).not.toBe(before[0]);
    expect(dragged.slice(1)).toEqual(before.slice(1));

    await corner(admin, 'front', 0).focus();
    await admin.keyboard.press('ArrowRight');
    await admin.keyboard.press('Enter');
    const front = await places(admin, 'front');
    await admin.getByRole('button', { name: '保存', exact: true }).click();
    await admin.getByText(/^administrator 于 .* 保存，正在生效。$/).waitFor();
    await admin.reload();
    await admin.getByText(/正在生效。$/).waitFor();
    expect(await places(admin, 'pupils')).toEqual(dragged);
    expect(await places(admin, 'front')).toEqual(front);
    await admin.locator('.stage img').waitFor({ timeout: 60_000 });
    await admin.screenshot({ path: screenshot('areas-saved-zh') });
  });

  test('that somebody else has saved meanwhile are not overwritten', async () => {
    const context = await newContext(browser);
    await context.addInitScript(() => localStorage.setItem('xunke.locale', 'en'));
    const other = await context.newPage();
    await signIn(other, server, 'administrator');
    await other.goto(`${server.url}/admin/rooms/${room}/areas`);
    await other.getByText(/and in force\.$/).waitFor();
    await corner(other, 'front', 0).focus();
    await other.keyboard.press('Shift+ArrowRight');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByText('There are unsaved changes.').waitFor({ state: 'hidden' });
    const theirs = await places(other, 'front');

    await corner(admin, 'pupils', 1).focus();
    await admin.keyboard.press('Delete');
    await admin.getByRole('button', { name: '保存', exact: true }).click();
    await admin.getByText('别人刚刚改过这间教室的区域，您的修改没有保存。').waitFor();
    await admin.screenshot({ path: screenshot('areas-conflict-zh') });
    await admin.getByRole('button', { name: '载入最新的区域' }).click();
    await expect.poll(async () => (await places(admin, 'front')).length).toBe(theirs.length);

    await other.locator('.stage img').waitFor({ timeout: 60_000 });
    await corner(other, 'pupils', 0).focus();
    await other.screenshot({ path: screenshot('areas-en') });
    await context.close();
    expect(errors).toEqual([]);
  });
});
