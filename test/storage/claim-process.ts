/** A process that migrates a database for an app: says on one line how it went. */
import { argv } from 'node:process';
import { createLog } from '../../src/basics/log.ts';
import { migrate } from '../../src/storage/migrate.ts';

const [, , connectionString = '', appId = ''] = argv;
const refusal = await migrate(connectionString, createLog('silent'), { appId }).then(
  () => undefined,
  ({ name, message }: Error) => `${name}: ${message}`,
);
console.log(JSON.stringify({ appId, refusal }));
