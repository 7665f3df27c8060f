/** What a start has begun, ended in reverse: each step within its limit, so that no step keeps the process from ending. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from './log.ts';

/** Just below the ten seconds that Docker and others give a process before they kill it. */
const WITHIN_MS = 9_500;
/** What a step needs unless it says otherwise. */
const NEEDS_MS = 100;

/** Ends one part. It hears how long it has, and may resolve with false: something in it was abandoned. */
export type Stop = (withinMs: number) => Promise<unknown>;

export type Stops = {
  /**
   * Has `stop` called before those that were added earlier. However long others take, `needsMs` are left for it. Once the stopping has
   * begun it is called at once, and this throws: a start that goes on meanwhile ends here.
   */
  add: (name: string, stop: Stop, needsMs?: number) => void;
  /** Ends everything, within ten seconds unless said. False when a step failed or had to be abandoned, which is logged. Never rejects. */
  run: (withinMs?: number) => Promise<boolean>;
};

type Step = { name: string; stop: Stop; needsMs: number };

export function createStops(log: Logger): Stops {
  const steps: Step[] = [];
  let running: Promise<boolean> | undefined;

  const runStep = async ({ name, stop }: Step, limitMs: number): Promise<boolean> => {
    const timer = new AbortController();
    const isLate = wait(limitMs, 'late', { signal: timer.signal }).catch(() => undefined);
    const outcome = await Promise.race([stop(limitMs), isLate]).catch((error: unknown) => {
      log.error({ step: name, err: error }, 'a step of stopping failed');
      return false;
    });
    timer.abort();
    if (outcome === 'late') log.error({ step: name, limitMs: Math.round(limitMs) }, 'a step of stopping was abandoned');
    return outcome !== 'late' && outcome !== false;
  };

  const runAll = async (withinMs: number): Promise<boolean> => {
    const deadline = performance.now() + withinMs;
    let isComplete = true;
    for (let step = steps.pop(); step; step = steps.pop()) {
      const keptFree = steps.reduce((sum, { needsMs }) => sum + needsMs, 0);
      const limitMs = Math.max(step.needsMs, deadline - performance.now() - keptFree);
      isComplete = (await runStep(step, limitMs)) && isComplete;
    }
    return isComplete;
  };

  return {
    add: (name, stop, needsMs = NEEDS_MS) => {
      if (running) {
        void runStep({ name, stop, needsMs }, needsMs);
        throw new Error(`stopped before ${name} was ready`);
      }
      steps.push({ name, stop, needsMs });
    },
    run: (withinMs = WITHIN_MS) => {
      running ??= runAll(withinMs);
      return running;
    },
  };
}
