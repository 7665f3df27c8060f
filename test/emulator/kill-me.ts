/** An emulator in a process of its own, for the test that kills it: prints its address and waits. */
import { startEmulator } from '../../src/emulator/emulator.ts';
import { WORLD } from './rig.ts';

const [appId = '', dataDir = ''] = process.argv.slice(2);
const keys = { appId, appSecret: 'secret', encryptKey: 'key', verificationToken: 'verify' };
const emulator = await startEmulator({ host: '127.0.0.1', port: 0, ...keys, dataDir, world: WORLD, limits: 'off' });
process.stdout.write(`${emulator.url}\n`);
