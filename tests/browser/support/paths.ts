import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The server as `./run` starts it. */
export const serverBinary = resolve(root, 'artifacts/bin/Web/release/xunke');

/** The rendered classroom that the fake camera shows. */
export const demoClip = resolve(root, 'web/demo/clips/front60.mkv');

/** The client's source, whose router has a table of pages. */
export const clientSource = resolve(root, 'web/client/src');

/** Where screenshots, server logs and the camera's files go. */
export const results = resolve(root, 'artifacts/test-results');

/** Full path of a screenshot that a person should look at. */
export function screenshot(name: string): string {
  const folder = resolve(results, 'screenshots');
  mkdirSync(folder, { recursive: true });
  return resolve(folder, `${name}.png`);
}
