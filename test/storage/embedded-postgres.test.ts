/** The embedded PostgreSQL survives what happens to processes and disks; real processes are killed here. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getuid, kill } from 'node:process';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StartError } from '../../src/basics/errors.ts';
import { createLog } from '../../src/basics/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';
import { findPostgresBinaries, runProgram } from '../../src/storage/embedded/postgres-binaries.ts';
import { type Child, runFile } from './child-process.ts';

type Said = { connectionString: string; name?: string; message?: string };

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // processes that start and stop take their time on a busy machine
const log = createLog('silent');
const isRoot = getuid?.() === 0;
let parent: string;
let dataDir: string;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'jingxin-embedded-'));
  await chmod(parent, 0o711);
  dataDir = join(parent, 'data');
  cleanups.push(async () => {
    await chmod(parent, 0o700);
    await rm(parent, { recursive: true, force: true });
  });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('data outlives three starts in a row, and every stop ends the server', async () => {
  for (const expected of [1, 2, 3]) {
    const postgres = await start();
    await query(postgres, 'CREATE TABLE IF NOT EXISTS visit (id serial)');
    await query(postgres, 'INSERT INTO visit DEFAULT VALUES');
    expect(await query(postgres, 'SELECT count(*)::int AS visits FROM visit')).toEqual([{ visits: expected }]);
    await Promise.all([postgres.stop(), postgres.stop()]);
    await expect(query(postgres, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  }
});

test('is durable, in UTF-8 and UTC, reachable from this machine alone, with a password that only its owner reads', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  cleanups.push(() => postgres.stop());
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'data_checksums',
    'server_encoding',
    'TimeZone',
    'listen_addresses',
  ];
  const rows = await query(postgres, 'SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [names]);
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', data_checksums: 'on' },
    ...{ server_encoding: 'UTF8', TimeZone: 'UTC', listen_addresses: '127.0.0.1' },
  });
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
  const stranger = new URL(postgres.connectionString);
  stranger.password = 'guess';
  await expect(query({ connectionString: stranger.href }, 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
});

test('a second owner is refused and the first works on', async () => {
  const owner = await runOwner();
  const { connectionString } = await owner.said;
  await expect(start()).rejects.toThrow(/Another process is using .*DATA_DIR/);
  expect(await query({ connectionString }, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('of two processes that make the same folder at once, one becomes the owner', async () => {
  const said = await Promise.all([runOwner(), runOwner()].map(async (owner) => (await owner).said));
  const [winner, ...others] = said.filter(({ connectionString }) => connectionString);
  expect(others).toEqual([]);
  expect(said.find(({ name }) => name)).toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('Another process'),
  });
  expect(await query(winner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a folder into which another process is still writing does not stand in the way', async () => {
  const draft = join(dataDir, 'postgres.new-other');
  let isWriting = true;
  const write = async () => {
    while (isWriting) {
      await mkdir(draft, { recursive: true });
      await writeFile(join(draft, randomUUID()), '').catch(() => undefined); // the folder was removed in between
    }
  };
  const writers = Promise.all(Array.from({ length: 4 }, write));
  cleanups.push(async () => {
    isWriting = false;
    await writers;
  });
  expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after kill -9 of the owner the server ends as well, and the next start has everything', async () => {
  const owner = await runOwner();
  const { connectionString } = await owner.said;
  await query({ connectionString }, 'CREATE TABLE kept (id int)');
  await killHard(owner);
  await vi.waitFor(async () => expect(await exists(pidFile())).toBe(false), 30_000);
  await expect(query({ connectionString }, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  expect(await query(await start(), 'SELECT * FROM kept')).toEqual([]);
});

test('a server that was left running all the same is taken over at once', async () => {
  const before = await start();
  await before.stop();
  const { pgCtl } = await findPostgresBinaries();
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  const { port } = new URL(before.connectionString);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
  const args = ['start', '--pgdata', join(dataDir, 'postgres'), '--wait', '-o', options];
  expect(await runProgram(pgCtl, args, { folder: dataDir, ...(isRoot && { account: { uid, gid } }) })).toMatchObject({
    code: 0,
  });
  const postgres = await start();
  expect(postgres.connectionString).toBe(before.connectionString);
  await postgres.stop();
  await expect(query(postgres, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test('a start that is called off leaves no server behind', async () => {
  const calledOff = new AbortController();
  const starting = startEmbeddedPostgres({ dataDir, log, isDurable: false, signal: calledOff.signal });
  const isUp = vi.waitFor(async () => expect(await exists(pidFile())).toBe(true), { timeout: 60_000, interval: 2 });
  void isUp.then(() => calledOff.abort());
  await expect(starting).rejects.toThrow(/abort/i);
  await isUp;
  expect(await exists(pidFile())).toBe(false);
});

test('after kill -9 of everything a new server recovers what was committed', async () => {
  const owner = await runOwner();
  await query(await owner.said, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id');
  const [server = ''] = (await readFile(pidFile(), 'utf8')).split('\n');
  await killHard(owner);
  killIfThere(Number(server)); // it is ending already
  const postgres = await start();
  expect(await query(postgres, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 1000 }]);
});

test('a stale pid file whose number now belongs to another program does not stand in the way', async () => {
  const stopped = await start();
  const [, ...rest] = (await readFile(pidFile(), 'utf8')).split('\n');
  await stopped.stop();
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  const bystander = spawn('sleep', ['600'], isRoot ? { uid, gid } : {}); // PostgreSQL sees only its own user's processes
  cleanups.push(async () => bystander.kill() && once(bystander, 'exit'));
  await writeFile(pidFile(), [bystander.pid, ...rest].join('\n'));
  const postgres = await start();
  expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});

test('a copy of a data folder does not take the server of the original for its own', async () => {
  await (await start()).stop();
  const copy = join(parent, 'copy');
  await cp(dataDir, copy, { recursive: true, preserveTimestamps: true });
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  if (isRoot) await once(spawn('chown', ['-R', `${uid}:${gid}`, copy]), 'exit');
  const original = await start();
  await writeFile(join(copy, 'postgres', 'postmaster.pid'), await readFile(pidFile()));
  const second = await start(copy);
  expect(second.connectionString).not.toBe(original.connectionString);
  for (const each of [original, second]) expect(await query(each, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a server that dies is started again on the same port', async () => {
  const postgres = await start();
  const [server = ''] = (await readFile(pidFile(), 'utf8')).split('\n');
  kill(Number(server), 'SIGKILL');
  await vi.waitFor(async () => expect((await readFile(pidFile(), 'utf8')).split('\n')[0]).not.toBe(server), 60_000);
  await vi.waitFor(() => query(postgres, 'SELECT 1'), 60_000);
});

test('a folder that may not be entered is named, with what to do', async () => {
  await chmod(parent, isRoot ? 0o700 : 0o000); // root itself may enter, but PostgreSQL does not run as root
  const refused = start();
  await expect(refused).rejects.toBeInstanceOf(StartError);
  await expect(refused).rejects.toThrow(new RegExp(`${parent}\\b.*DATABASE_URL`));
});

test('a disk on which nothing can be written is said to be full', async () => {
  const owner = await runOwner(12_000); // six or twelve megabytes a file, by the shell: less than a segment of the write-ahead log
  const said = await owner.said;
  expect(said).toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/disk is full, or a limit on file sizes/),
  });
  await mkdir(dataDir, { recursive: true });
  const postgres = await start(); // nothing half made is left: with room it works
  expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a lost password file is named, and the data is not touched', async () => {
  await (await start()).stop();
  const file = join(dataDir, 'postgres-password');
  const password = await readFile(file);
  await rm(file);
  await expect(start()).rejects.toThrow(/postgres-password is missing/);
  await writeFile(file, 'another');
  await expect(start()).rejects.toThrow(/does not accept the password/);
  await writeFile(file, password);
  expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log, isDurable: false });
  cleanups.push(() => postgres.stop());
  return postgres;
}

async function runOwner(maxFileBlocks?: number): Promise<Child<Said>> {
  const owner = runFile<Said>('./owner-process.ts', [dataDir], maxFileBlocks);
  cleanups.push(async () => {
    owner.process.stdin?.end();
    await owner.ended;
  });
  return owner;
}

function killIfThere(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

async function killHard(owner: Child<Said>): Promise<void> {
  if (owner.process.pid) kill(-owner.process.pid, 'SIGKILL');
  await owner.ended;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function pidFile(): string {
  return join(dataDir, 'postgres', 'postmaster.pid');
}

async function query(place: { connectionString: string } | undefined, text: string, values?: unknown[]) {
  const client = new pg.Client({ connectionString: place?.connectionString });
  try {
    await client.connect();
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
