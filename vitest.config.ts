import { defineConfig } from 'vitest/config';
import { LongestFirst, sortTests } from './test/sorting.ts';

const { rules, houses } = sortTests();

export default defineConfig({
  test: {
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Nothing in a process outlives a test but the clock, which the setup file sets right: so all files of a worker share what was imported.
    isolate: false,
    setupFiles: ['test/support/real-clock.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'rules', include: rules } },
      { extends: true, test: { name: 'house', include: houses, globalSetup: ['test/global-setup.ts'] } },
    ],
  },
});
