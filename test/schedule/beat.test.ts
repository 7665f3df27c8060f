/** A drive: asked for at any time, it runs one run after the other, and whoever asked waits for no more than the next one. */
import { expect, it } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { createDrive, type Drive } from '../../src/schedule/beat.ts';

const log = createLog('silent');

/** A drive whose runs each wait for `finish`; `begun` counts them. */
function createHeldDrive() {
  const waiting: (() => void)[] = [];
  const begun: { count: number; next: () => Promise<void> } = { count: 0, next: async () => {} };
  let announce = () => {};
  begun.next = () =>
    new Promise((resolve) => {
      announce = resolve;
    });
  const step = () =>
    new Promise<void>((resolve) => {
      begun.count += 1;
      waiting.push(resolve);
      announce();
    });
  return { drive: createDrive({ step }, log), begun, finish: () => waiting.shift()?.() };
}

it('runs once more for all who asked while it ran', async () => {
  const { drive, begun, finish } = createHeldDrive();
  const first = begun.next();
  const asked = [drive.run()];
  await first;
  const second = begun.next();
  asked.push(drive.run(), drive.run(), drive.run());
  finish();
  await second;
  finish();
  await Promise.all(asked);
  expect(begun.count).toBe(2);
});

it('lets nobody wait for the runs that others ask for without end', async () => {
  let left = 1000;
  const drive: Drive = createDrive(
    {
      step: async () => {
        left -= 1;
        if (left > 0) void drive.run();
      },
    },
    log,
  );
  await drive.run();
  expect(left).toBeGreaterThan(900);
});

it('begins no run after it was stopped, and ends with the one at hand', async () => {
  const { drive, begun, finish } = createHeldDrive();
  const first = begun.next();
  const asked = [drive.run()];
  await first;
  asked.push(drive.run());
  const stopped = drive.stop();
  finish();
  await stopped;
  asked.push(drive.run());
  await Promise.all(asked);
  expect(begun.count).toBe(1);
});
