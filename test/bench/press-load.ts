/** The load generator for presses: the same requests over the same number of connections, whoever answers. */
import autocannon from 'autocannon';
import type { Push } from './pushes.ts';

export const CONNECTIONS = 50;

/** Latencies are in milliseconds; `answers` are the bodies, in no particular order. */
export type PressResult = { perSecond: number; p50: number; p99: number; answers: string[] };

/** Sends each push once. Throws when one is not answered with 200. The number of pushes is a multiple of the connections. */
export async function loadPresses(url: string, pushes: Push[]): Promise<PressResult> {
  const waiting = pushes.values();
  const answers: string[] = [];
  const startedMs = performance.now();
  let endedMs = startedMs;
  const result = await autocannon({
    url: `${url}/webhook/event`,
    connections: CONNECTIONS,
    amount: pushes.length,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const next = waiting.next();
          if (next.done) throw new Error('more requests than pushes');
          const { body, headers } = next.value;
          return { ...request, body, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } };
        },
        onResponse: (_status, body) => {
          endedMs = performance.now();
          answers.push(body);
        },
      },
    ],
  });
  if (result['2xx'] !== pushes.length || result.errors > 0)
    throw new Error(`${result['2xx']} of ${pushes.length} presses were answered with 200, ${result.errors} failed`);
  const { p50, p99 } = result.latency;
  return { perSecond: (pushes.length * 1000) / (endedMs - startedMs), p50, p99, answers };
}
