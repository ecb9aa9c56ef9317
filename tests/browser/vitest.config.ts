import { defineConfig } from 'vitest/config';

// It is between ten and eleven in the morning for all that is begun here, so that no test's lesson reaches into the next
// day. In the names of these zones a minus means east of Greenwich.
const east = 10 - new Date().getUTCHours();
const zone = east < -12 ? east + 24 : east;
process.env.TZ = `Etc/GMT${zone > 0 ? '-' : '+'}${Math.abs(zone)}`;

// A booking mostly waits for its time to come: the walk through all pages goes on beside it.
const beside = ['bookings.test.ts', 'pages.test.ts'];
const limits = { testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    globalSetup: ['./support/clip.ts'],
    projects: [
      {
        // One server, one camera and one browser at a time: the machine has two cores and every part is real.
        test: { name: 'alone', include: ['*.test.ts'], exclude: beside, fileParallelism: false, sequence: { groupOrder: 0 }, ...limits },
      },
      { test: { name: 'beside', include: beside, maxWorkers: 2, sequence: { groupOrder: 1 }, ...limits } },
    ],
  },
});
