/** The metronome: node-cron beats every second, and on every beat what is due in the database is found and driven. */
import { schedule } from 'node-cron';
import type { Logger } from '../log.ts';

/** Work that can be asked for at any time: asked for while it runs, it runs once more. */
export type Drive = {
  /** Resolves when a run that began after the asking is done. Never rejects. */
  run: () => Promise<void>;
  /** No further runs; resolves when the last one is done. */
  stop: () => Promise<void>;
};

/** Runs `steps` in order whenever asked. A step that fails is logged and does not stop the others. */
export function createDrive(steps: Record<string, () => Promise<unknown>>, log: Logger): Drive {
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  const runWanted = async () => {
    while (isWanted) {
      isWanted = false;
      for (const [step, run] of Object.entries(steps)) {
        await run().catch((error: unknown) => log.error({ err: error, step }, 'a step of the beat failed'));
      }
    }
  };
  return {
    run: () => {
      if (isStopped) return Promise.resolve();
      isWanted = true;
      running ??= runWanted().finally(() => {
        running = undefined;
      });
      return running;
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}

/** Has `drive` run every second. Gives the function that stops it. */
export function startBeat(drive: Drive): () => Promise<void> {
  const metronome = schedule('* * * * * *', () => void drive.run());
  return async () => {
    await metronome.stop();
    await drive.stop();
  };
}
