import { defineConfig } from 'vitest/config';

// It is between ten and eleven in the morning for all that is begun here, so that no test's lesson reaches into the next
// day. In the names of these zones a minus means east of Greenwich.
const east = 10 - new Date().getUTCHours();
const zone = east < -12 ? east + 24 : east;
process.env.TZ = `Etc/GMT${zone > 0 ? '-' : '+'}${Math.abs(zone)}`;

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
