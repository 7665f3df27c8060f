/** The emulator in a process of its own, without rate limits. */
import { startEmulator } from '../../src/emulator/emulator.ts';
import { serveParent } from './child.ts';
import { CREDENTIALS, createWorld } from './house.ts';

const emulator = await startEmulator({
  ...CREDENTIALS,
  host: '127.0.0.1',
  port: 0,
  world: createWorld(),
  limits: 'off',
});
serveParent(emulator.url, { stop: emulator.stop });
