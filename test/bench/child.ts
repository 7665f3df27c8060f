/** Child processes of the benchmark: each part that is measured has one of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A running child. */
export type Child = {
  /** What the child said when it was ready. */
  url: string;
  /** Asks the child something and resolves with the answer; one question at a time. */
  ask: (question: unknown) => Promise<unknown>;
  /** Resolves when the child has ended by itself. */
  stop: () => Promise<void>;
};

/** Starts `file` of this folder with one argument; `nodeOptions` go to its node. Rejects when it ends before it is ready. */
export async function startChild(file: string, argument: unknown = {}, nodeOptions: string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(argument)], {
    execArgv: ['--import', 'tsx', ...nodeOptions],
  });
  const ended = once(child, 'exit');
  const hear = async () => {
    const [said] = await Promise.race([
      once(child, 'message'),
      ended.then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
    ]);
    return said as unknown;
  };
  const { url } = (await hear()) as { url: string };
  return {
    url,
    ask: (question) => {
      const answer = hear();
      child.send(question as object);
      return answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** In the child: says that it is ready, answers questions, and calls `stop` when the benchmark is over. */
export function serveParent(
  url: string,
  parts: { answer?: (question: unknown) => Promise<unknown>; stop: () => Promise<unknown> },
): void {
  process.on('message', async (question) => process.send?.(await parts.answer?.(question)));
  process.once('disconnect', () => void parts.stop().finally(() => process.exit(0)));
  process.send?.({ url });
}

/** In the child: what `startChild` was given. */
export function readArgument<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}
