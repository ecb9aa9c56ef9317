import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { demoClip, results } from '../support/paths';

/** The stretch of the demo clip that the measuring camera loops; no whole number of seconds, so that looks fall anywhere in it. */
const from = 14;
const length = 13.7;
const rate = 30;
const bits = 10;
const cell = 40;

/** The demo clip with the number of each frame drawn into it, as black and white cells along the lower edge. */
export const clockVideo = resolve(results, 'camera-clock.mjpeg');

export function prepareClockVideo(): void {
  const cells = Array.from({ length: bits }, (_, bit) =>
    `drawbox=x=${bit * cell}:y=696:w=${cell}:h=24:color=white:t=fill:enable='gte(mod(n,${2 ** (bit + 1)}),${2 ** bit})'`);
  const filter = [`fps=${rate}`, `drawbox=x=0:y=696:w=${bits * cell}:h=24:color=black:t=fill`, ...cells].join(',');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-ss', `${from}`, '-t', `${length}`, '-i', demoClip, '-vf', filter, '-an', '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', clockVideo]);
}

/** One frame on a screen. */
export interface Tick {
  /** When the browser put it there, in the page's wall time. */
  wall: number;
  /** Its number in the loop. */
  frame: number;
  /** Its time in seconds from the start of the demo clip. */
  clip: number;
}

/** Notes every frame of the page's first video from now on: when it was shown and what its clock said. */
export async function readClock(page: Page): Promise<() => Promise<Tick[]>> {
  await page.locator('video').first().evaluate((element, { from, rate, bits, cell }) => {
    const video = element as HTMLVideoElement;
    const canvas = Object.assign(document.createElement('canvas'), { width: bits * cell, height: 24 });
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    const ticks: Tick[] = [];
    Object.assign(window, { ticks });
    const look = (now: number) => {
      const scale = video.videoWidth / 1280;
      context.drawImage(video, 0, 696 * scale, bits * cell * scale, 24 * scale, 0, 0, bits * cell, 24);
      const { data } = context.getImageData(0, 0, bits * cell, 24);
      let value = 0;
      for (let bit = 0; bit < bits; bit++) if (data[(12 * bits * cell + bit * cell + cell / 2) * 4]! > 127) value |= 1 << bit;
      ticks.push({ wall: performance.timeOrigin + now, frame: value, clip: from + value / rate });
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  }, { from, rate, bits, cell });
  return () => page.evaluate(() => (window as unknown as { ticks: Tick[] }).ticks);
}

/** For 1, 2, ... hands: when the ground truth of the loop first has so many up, in the clip's seconds. */
export function handsUpAt(most: number): number[] {
  const lines = gunzipSync(readFileSync(demoClip.replace('.mkv', '_gt.jsonl.gz'))).toString().trim().split('\n');
  const frames = lines.map((line) => JSON.parse(line) as { t: number; persons: { behaviour: string; transition: boolean }[] });
  return Array.from({ length: most }, (_, index) => {
    const first = frames.find(({ t, persons }) => t >= from && persons.filter((p) => p.behaviour === 'hand_raised' && !p.transition).length > index);
    if (!first) throw new Error(`the clip never has ${index + 1} hands up`);
    return first.t;
  });
}

/** When each round of the loop showed a moment of the clip. */
export function wallTimesOf(clip: number, ticks: Tick[]): number[] {
  return ticks.filter((tick, index) => index > 0 && ticks[index - 1]!.clip < clip && tick.clip >= clip).map((tick) => tick.wall);
}
