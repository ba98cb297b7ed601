import { defineConfig } from 'vitest/config';

const ELASTICSEARCH = 'test/**/*.elasticsearch.test.ts';
const CHROMIUM = ['test/console/*browser.test.ts', 'test/console/journeys.test.ts'];

export default defineConfig({
  test: {
    // PGlite takes seconds to create, and the machine that runs the tests may be small and busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A shared machine may stall for seconds while a test talks to a real server: there, and only there, a test that
    // fails is run once more, and the report counts it as flaky.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [ELASTICSEARCH, ...(process.env.WITHOUT_CHROMIUM ? CHROMIUM : [])],
        },
      },
      {
        // One server for all of its files, started only if one of them runs.
        extends: true,
        test: {
          name: 'elasticsearch',
          include: [ELASTICSEARCH],
          globalSetup: 'test/support/elasticsearch/shared-server.ts',
        },
      },
    ],
  },
});
