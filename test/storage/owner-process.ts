/** A process that owns an embedded PostgreSQL: says on one line how it went, and stops when its input ends. */
import { argv } from 'node:process';
import { createLog } from '../../src/basics/log.ts';
import { startEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';

const [, , dataDir = ''] = argv;
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('silent'), isDurable: false });
  console.log(JSON.stringify({ connectionString: postgres.connectionString }));
  process.stdin.resume().once('end', () => postgres.stop());
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  console.log(JSON.stringify({ name, message }));
  process.stdin.destroy();
}
