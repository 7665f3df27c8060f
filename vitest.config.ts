import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Real processes, browsers and clocks on a machine that may be busy: a test that fails twice has failed.
    retry: 1,
  },
});
