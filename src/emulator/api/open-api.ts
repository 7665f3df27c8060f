/** The Open API's door: checks the token, counts the limits, lets things go wrong, words the answer, and logs the call. */
import express, { type Request, type Response, type Router } from 'express';
import type { Core } from '../core.ts';
import { blankSecrets } from '../events/wire-log.ts';
import { newId } from '../world/tenant.ts';
import { drawFate, type Fate } from './faults.ts';
import { FeishuError } from './feishu-error.ts';
import { FEISHU_RATES, realTimeMs, tooManyCalls, tooManyMessages } from './limits.ts';

/** One call of the Open API. `path` is as in Feishu's documents, with `:parameters`. */
export type OpenCall = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  /** The `msg` of a good answer; `success` unless said. */
  msg?: 'ok' | 'success';
  /** Needs no tenant token and is not counted. */
  isOpen?: boolean;
  /** The fault switches apply to it. */
  isMessageWrite?: boolean;
  /** The answer's fields stand beside `code` and `msg`, not in `data`. */
  isFlat?: boolean;
  /** Gives the answer's data, or throws `FeishuError`. */
  handle: (request: OpenRequest) => unknown;
};
export type OpenRequest = {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  type: string;
};

/** What a handler returns when the answer is bytes. */
export class Download {
  readonly bytes: Buffer;
  readonly name: string;

  constructor(bytes: Buffer, name: string) {
    this.bytes = bytes;
    this.name = name;
  }
}

type Outcome = { status: number; body: Record<string, unknown> | Download; headers?: Record<string, string> };

/** A router that answers these calls. */
export function createOpenApi(core: Core, calls: OpenCall[]): Router {
  const router = express.Router();
  router.use(express.json({ limit: '4mb' }), express.raw({ type: 'multipart/form-data', limit: '40mb' }));
  for (const call of calls)
    router[call.method](call.path, (request, response) => answer(core, call, request, response));
  router.use(
    '/open-apis',
    (_request, response) => void response.status(404).json({ code: 404, msg: 'page not found' }),
  );
  router.use('/open-apis', (error: { status?: number }, _request: Request, response: Response, _next: unknown) => {
    response.status(error.status ?? 500).json({ code: 9499, msg: 'Bad Request' });
  });
  return router;
}

async function answer(core: Core, call: OpenCall, request: Request, response: Response): Promise<void> {
  const startedMs = realTimeMs();
  const logId = newId('');
  const fate = call.isMessageWrite ? drawFate(core.faults) : 'none';
  const { status, body, headers } = await carryOut(core, call, request, fate, logId);
  const isSilent = fate === 'silent' || fate === 'lost-answer';
  core.wireLog.add({
    direction: 'out',
    method: request.method,
    path: request.originalUrl,
    status: isSilent ? 0 : status,
    code: isSilent || body instanceof Download ? null : Number(body.code),
    durationMs: realTimeMs() - startedMs,
    request: Buffer.isBuffer(request.body) ? `${request.body.length} bytes` : blankSecrets(request.body),
    response: isSilent ? null : body instanceof Download ? `${body.bytes.length} bytes` : blankSecrets(body),
    ...messageIdOf(request, body),
  });
  if (isSilent) return;
  response.status(status).set({ 'X-Tt-Logid': logId, ...headers });
  if (body instanceof Download) response.attachment(body.name).send(body.bytes);
  else response.json(body);
}

async function carryOut(core: Core, call: OpenCall, request: Request, fate: Fate, logId: string): Promise<Outcome> {
  try {
    if (!call.isOpen) {
      core.tokens.check(request.headers.authorization);
      core.limits.countCall(`${call.method} ${call.path}`);
    }
    if (fate === 'rate-limited') throw tooManyCalls(FEISHU_RATES.perSecond, 1);
    if (fate === 'chat-limited') throw tooManyMessages();
    if (fate === 'error') throw new FeishuError(2200, 'Internal Error', 500);
    if (fate === 'silent') return { status: 0, body: {} };
    const params = request.params as Record<string, string>;
    const type = request.headers['content-type'] ?? '';
    const data = await call.handle({ params, query: request.query, body: request.body, type });
    if (data instanceof Download) return { status: 200, body: data };
    const head = { code: 0, msg: call.msg ?? 'success' };
    return { status: 200, body: call.isFlat ? { ...head, ...(data ?? {}) } : { ...head, data: data ?? {} } };
  } catch (error) {
    const refusal = error instanceof FeishuError ? error : internalError(core, error);
    const body = { code: refusal.code, msg: refusal.message, ...(!call.isFlat && { error: { log_id: logId } }) };
    return { status: refusal.status, body, headers: refusal.headers };
  }
}

function messageIdOf(request: Request, body: Outcome['body']): { messageId?: string } {
  const { message_id: inPath } = request.params;
  if (typeof inPath === 'string') return { messageId: inPath };
  if (body instanceof Download || typeof body.data !== 'object' || body.data === null) return {};
  const inAnswer = 'message_id' in body.data ? body.data.message_id : undefined;
  return typeof inAnswer === 'string' ? { messageId: inAnswer } : {};
}

function internalError(core: Core, error: unknown): FeishuError {
  core.log(`the emulator failed: ${error instanceof Error ? error.stack : String(error)}`);
  return new FeishuError(2200, 'Internal Error', 500);
}
