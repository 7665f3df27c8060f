/** What PostgreSQL and the file system say, word for word, leads to the right advice. */
import { expect, test } from 'vitest';
import { StartError } from '../../src/basics/errors.ts';
import { explainPostgres } from '../../src/storage/embedded/explain-postgres.ts';

const scene = { clusterDir: '/nowhere/data/postgres', program: '/nowhere/bin/pg_ctl' };

test.each([
  [
    'selecting dynamic shared memory implementation ... posix\nFATAL:  could not write to file "pg_wal/xlogtemp.9": File too large',
    'disk is full',
  ],
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk is full'],
  [
    'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10\nHINT:  Check free disk space.',
    'disk is full',
  ],
  ['Error: ENOSPC: no space left on device, write', 'disk is full'],
  ['initdb: error: could not create directory "/d/pg_wal": Disk quota exceeded', 'disk is full'],
  [
    'FATAL:  could not resize shared memory segment "/PostgreSQL.17" to 1048576 bytes: No space left on device',
    'shared memory',
  ],
  ['FATAL:  could not create semaphores: No space left on device', 'shared memory'],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'earlier PostgreSQL'],
  ['initdb: error: could not create directory "/d": Read-only file system', 'read-only'],
  ['FATAL:  data directory "/d" has wrong ownership', 'belongs to another user'],
  ['FATAL:  database files are incompatible with server', 'another version'],
  ['initdb: error while loading shared libraries: libicui18n.so.60: cannot open shared object file', 'npm rebuild'],
  ['pg_ctl: could not access directory "/d": Permission denied', 'may not use /nowhere/data/postgres'],
  ['something new', 'something new'],
])('%s', async (said, advice) => {
  const error = await explainPostgres(said, scene);
  expect(error).toBeInstanceOf(StartError);
  expect(error.message).toContain(advice);
});
