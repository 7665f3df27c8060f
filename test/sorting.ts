/** Sorts the test files: those of rules alone from those that need a house around them, and the longest first. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');

/** Whoever imports one of these, however indirectly, starts PostgreSQL, a browser or the whole program. */
const HEAVY = [
  'src/storage/embedded/embedded-postgres.ts',
  'test/storage/test-database.ts',
  'test/faults/support/bot-process.ts',
  'test/emulator/page/support/browser.ts',
  'test/support/copy-of-house.ts',
];

/**
 * The files that take longest, longest first, as measured. They start first, so that the two workers end together; the order of all
 * others is of no account.
 */
export const LONGEST = [
  'test/faults/kill.test.ts',
  'test/faults/messenger-faults.test.ts',
  'test/faults/mutated-pushes.test.ts',
  'test/faults/queues.test.ts',
  'test/month/month.test.ts',
  'test/publication/generated-days.test.ts',
  'test/faults/digest.test.ts',
  'test/outbox/schedules.test.ts',
  'test/faults/quarter.test.ts',
  'test/faults/database.test.ts',
  'test/inbox/files.test.ts',
  'test/faults/presses.test.ts',
  'test/faults/doors.test.ts',
  'test/features/heat-supplies/crowd.test.ts',
];

/** All test files, as paths from the root of the project: `rules` need nothing but this process, `houses` the rest. */
export function sortTests(): { rules: string[]; houses: string[] } {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => join('test', file));
  return {
    rules: files.filter((file) => !isHeavy(file, new Set())),
    houses: files.filter((file) => isHeavy(file, new Set())),
  };
}

function isHeavy(file: string, seen: Set<string>): boolean {
  if (HEAVY.includes(file)) return true;
  if (seen.has(file) || !/^test\/.*\.tsx?$/.test(file)) return false;
  seen.add(file);
  const imports = readFileSync(join(ROOT, file), 'utf8').matchAll(/^(?:import|export|\} from) ?.*'(\.[^']+)'/gm);
  return [...imports].some(([, name = '']) => isHeavy(join(dirname(file), name), seen));
}

/** Houses before rules, since the workers of one project are not those of the other, and within them the longest first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const at = LONGEST.indexOf(relative(ROOT, moduleId));
      return (project.name === 'rules' ? 1000 : 0) + (at < 0 ? LONGEST.length : at);
    };
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}
