import { defineConfig } from 'vitest/config';

// One server, one camera and one browser at a time: the machine has two cores and every part is real.
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    globalSetup: ['./support/clip.ts'],
  },
});
