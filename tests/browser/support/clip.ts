import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoClip, results } from './paths';

/** 14 s to 34 s of the demo clip: hands are raised, then one pupil answers standing. Chromium loops it. */
export const cameraVideo = resolve(results, 'camera.mjpeg');
export const cameraSound = resolve(results, 'camera.wav');

/** Chromium's fake camera reads MJPEG, which it plays at 30 frames a second, and WAV. */
export default function prepareCameraFiles(): void {
  mkdirSync(results, { recursive: true });
  if (existsSync(cameraVideo) && existsSync(cameraSound)) return;
  const cut = ['-v', 'error', '-y', '-ss', '14', '-t', '20', '-i', demoClip];
  execFileSync('ffmpeg', [...cut, '-an', '-r', '30', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', cameraVideo]);
  execFileSync('ffmpeg', [...cut, '-vn', '-ac', '1', '-ar', '48000', cameraSound]);
}
