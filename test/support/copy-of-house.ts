/** A copy of the project in a temporary folder, to be changed as a newcomer would change it. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'test', 'cards', 'prisma', 'tools', 'docs'];
const FILES = ['.gitignore', 'package.json', 'tsconfig.json', 'biome.json', 'vitest.config.ts'];
const run = promisify(execFile);

export type CopyOfHouse = {
  folder: string;
  /** Runs a command there, resolves with what it printed; rejects with that too when it fails. */
  runs: (command: string, ...words: string[]) => Promise<string>;
  /** The files that are new or changed since the copy was made. */
  changed: () => Promise<string[]>;
};

/** Copies the project; the packages are shared with it. */
export async function copyHouse(): Promise<CopyOfHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'jingxin-copy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of FILES) await cp(join(ROOT, name), join(folder, name));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    runs: async (command, ...words) => {
      // Straight from the packages: npx would first look around.
      const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
      const { VITEST, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_OPTIONS, ...env } = process.env;
      const { stdout } = await run(command, words, { cwd: folder, env: { ...env, PATH: path }, maxBuffer: 1e8 }).catch(
        (error) => {
          throw new Error(`${command} ${words.join(' ')}\n${error.stdout}\n${error.stderr}`);
        },
      );
      return stdout;
    },
    changed: async () => {
      const found: string[] = [];
      for (const name of COPIED)
        for (const entry of await readdir(join(folder, name), { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue;
          const file = relative(folder, join(entry.parentPath, entry.name));
          const [before, after] = await Promise.all([
            readFile(join(ROOT, file)).catch(() => undefined),
            readFile(join(folder, file)),
          ]);
          if (!before?.equals(after)) found.push(file);
        }
      return found.sort();
    },
  };
}
