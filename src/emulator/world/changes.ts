/** What happens in the emulator, said aloud: the page listens, and tests wait for it instead of sleeping. */
import { EventEmitter } from 'node:events';
import type { StreamEvent } from '../site/page-api.ts';

export type Changes = {
  emit: (event: StreamEvent) => void;
  on: (listener: (event: StreamEvent) => void) => () => void;
  /**
   * The first truthy value of `probe`, which is asked at once and again after each change. Rejects after `timeoutMs`
   * (5 s) with `what` in the message.
   */
  waitFor: <T>(probe: () => T | undefined | null | false, timeoutMs?: number, what?: string) => Promise<T>;
};

/** Listeners hear of every change in the order in which they happen. */
export function createChanges(): Changes {
  const emitter = new EventEmitter<{ change: [StreamEvent] }>().setMaxListeners(0);
  const on = (listener: (event: StreamEvent) => void) => {
    emitter.on('change', listener);
    return () => void emitter.off('change', listener);
  };
  return {
    on,
    emit: (event) => void emitter.emit('change', event),
    waitFor: (probe, timeoutMs = 5000, what = 'what was waited for') =>
      new Promise((resolve, reject) => {
        const stop = (settle: () => void) => {
          off();
          clearTimeout(timer);
          settle();
        };
        const look = () => {
          try {
            const value = probe();
            if (value) stop(() => resolve(value));
          } catch (error) {
            stop(() => reject(error));
          }
        };
        const off = on(look);
        const timer = setTimeout(
          () => stop(() => reject(new Error(`${what} did not happen in ${timeoutMs} ms`))),
          timeoutMs,
        );
        look();
      }),
  };
}
