/** The metronome: node-cron beats every second, and on every beat what is due in the database is found and driven. */
import { schedule } from 'node-cron';
import { createSparingLog, type Logger } from '../basics/log.ts';

/** Work that can be asked for at any time: asked for while it runs, it runs once more. */
export type Drive = {
  /** Resolves when a run that began after the asking is done, however often it is asked for meanwhile. Never rejects. */
  run: () => Promise<void>;
  /** No further runs; resolves when the last one is done. */
  stop: () => Promise<void>;
};

/** Hears of each failure of a step, and for how many milliseconds the step has done nothing but fail. */
export type OnFailure = (error: unknown, failingMs: number) => void;

/** Runs `steps` in order whenever asked. A step that fails does not stop the others; it is logged, now and then if it goes on failing. */
export function createDrive(
  steps: Record<string, () => Promise<unknown>>,
  log: Logger,
  onFailure: OnFailure = () => {},
): Drive {
  const report = createSparingLog(log);
  const failingSince = new Map<string, number>();
  const runStep = async (step: string, run: () => Promise<unknown>) => {
    try {
      await run();
      failingSince.delete(step);
    } catch (error) {
      const since = failingSince.get(step) ?? performance.now();
      failingSince.set(step, since);
      report('error', `${step} ${codeOf(error)}`, { err: error, step }, 'a step of the beat failed');
      onFailure(error, performance.now() - since);
    }
  };
  let latest: Promise<void> | undefined;
  let coming: Promise<void> | undefined;
  let isStopped = false;
  const runAfter = async (before: Promise<void> | undefined) => {
    await before;
    coming = undefined;
    if (isStopped) return;
    for (const [step, run] of Object.entries(steps)) await runStep(step, run);
  };
  return {
    run: () => {
      if (isStopped) return Promise.resolve();
      if (!coming) {
        coming = runAfter(latest);
        latest = coming;
      }
      return coming;
    },
    stop: async () => {
      isStopped = true;
      await latest;
    },
  };
}

/** Has `drive` run every second. Gives the function that stops it. */
export function startBeat(drive: Drive): () => Promise<void> {
  const metronome = schedule('* * * * * *', () => void drive.run());
  return async () => {
    // A task that is only stopped stays in the library's table, with all that it holds.
    await metronome.destroy();
    await drive.stop();
  };
}

/** What kind of failure it is, in one word. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}
