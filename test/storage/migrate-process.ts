/** A process that migrates a database and says on one line what it applied. */
import { argv } from 'node:process';
import { createLog } from '../../src/basics/log.ts';
import { migrate } from '../../src/storage/migrate.ts';

const [, , connectionString = '', folder] = argv;
console.log(JSON.stringify(await migrate(connectionString, createLog('silent'), { folder })));
