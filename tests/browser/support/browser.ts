import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { cameraSound, cameraVideo } from './clip';

/** Debian's Chromium, with a camera that plays `video` and a microphone that plays the demo clip. */
export const browserOptions = (video: string): LaunchOptions => ({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
    `--use-file-for-fake-audio-capture=${cameraSound}`,
    // Without it Chromium hides host candidates behind mDNS names, which a machine without a network cannot resolve.
    '--disable-features=WebRtcHideLocalIpsWithMdns',
  ],
});

/** The browser that people look through. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(browserOptions(cameraVideo));
}

/** A fresh profile on a laptop's screen. */
export function newContext(browser: Browser, options: { width?: number; height?: number; locale?: string; touch?: boolean } = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    locale: options.locale ?? 'zh-CN',
    hasTouch: options.touch ?? false,
  });
}

/** Collects what a user's console would show as an error, except what `expected` matches. */
export function collectErrors(page: Page, expected: RegExp[] = []): string[] {
  const errors: string[] = [];
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on('pageerror', (error) => note(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} ${message.location().url}`);
  });
  return errors;
}
