import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['measure/*.measure.ts'], hookTimeout: 180_000, globalSetup: ['./support/clip.ts'] },
});
