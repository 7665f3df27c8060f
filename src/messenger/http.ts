/** The HTTP that the SDK speaks through: keep-alive, a deadline for every call, and failures already sorted. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk';
import { sortFailure } from './error-kinds.ts';
import { MessengerError } from './port.ts';

type Call = HttpRequestOptions<unknown>;

const BODILESS = new Set(['GET', 'HEAD', 'DELETE']);

/** Own HTTP because the SDK's keeps no connection, has no timeout, and carries the secret in its errors. */
export type Http = HttpInstance & { close: () => void };

/**
 * An HTTP instance for the SDK. A call resolves with the parsed body of a 2xx answer, and throws `MessengerError` for
 * anything else: another status, `timeout` after `timeoutMs` in all, `network`, or a body that is no JSON (`unreadable`).
 */
export function createHttp(timeoutMs: number): Http {
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  // The SDK's interface promises whatever type the caller names; callers here parse with zod.
  const request = async <R>(call: Call): Promise<R> => {
    const url = new URL(call.url ?? '');
    for (const [name, value] of Object.entries(call.params ?? {})) {
      if (value !== undefined) url.searchParams.append(name, String(value));
    }
    const isSecure = url.protocol === 'https:';
    const method = call.method?.toUpperCase() ?? 'GET';
    // The SDK passes an empty object where a call has no data.
    const hasBody = call.data !== undefined && !BODILESS.has(method);
    const body = hasBody ? Buffer.from(JSON.stringify(call.data)) : undefined;
    const deadline = AbortSignal.timeout(call.timeout ?? timeoutMs);
    const answer = await new Promise<{ response: IncomingMessage; text: string }>((resolve, reject) => {
      const fail = () => reject(new MessengerError('unknown', deadline.aborted ? 'timeout' : 'network'));
      const sent = (isSecure ? requestHttps : requestHttp)(url, {
        agent: agents[isSecure ? 'https:' : 'http:'],
        method,
        headers: {
          ...call.headers,
          ...(body && { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }),
        },
        signal: deadline,
      });
      sent.on('error', fail);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
      });
      sent.end(body);
    });
    const { statusCode = 0, headers: answered } = answer.response;
    return readAnswer(statusCode, answered, answer.text) as R;
  };

  const withoutBody =
    (method: string) =>
    <R>(url: string, call?: Call) =>
      request<R>({ ...call, url, method });
  const withBody =
    (method: string) =>
    <R>(url: string, data?: unknown, call?: Call) =>
      request<R>({ ...call, url, data, method });
  return {
    request,
    get: withoutBody('GET'),
    delete: withoutBody('DELETE'),
    head: withoutBody('HEAD'),
    options: withoutBody('OPTIONS'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** The parsed body of a 2xx answer; everything else throws what it means. */
export function readAnswer(status: number, headers: Record<string, unknown>, text: string): unknown {
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    if (body === undefined) throw new MessengerError('unknown', 'unreadable');
    return body;
  }
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  throw sortFailure({ status, code: typeof code === 'number' ? code : undefined, headers });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
