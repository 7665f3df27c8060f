/** The webhook: where Feishu pushes events and card presses over HTTP. */
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Logger } from '../../basics/log.ts';
import type { Receive } from '../port.ts';
import { takePush } from './take-push.ts';
import { createVerifier, type WebhookSecrets } from './verify.ts';

const PATHS = ['/webhook/event', '/webhook/card'];
/** Feishu's own limits are far lower: a card has 30 KB, a text 150 KB. */
const LARGEST_BODY = '1mb';

/**
 * The router for `POST /webhook/event` and `POST /webhook/card`, which verify alike. 200 with a JSON object for what
 * is genuine, once it is kept, or for good if it cannot be read (`takePush`); 401 for what is not from Feishu; 400 for what names no
 * sender (413 and 415 for a body of a wrong size or encoding); 500 only when `receive` failed, so that Feishu pushes again. Needs the raw body: mount it before any body parser.
 */
export function createWebhook(secrets: WebhookSecrets, receive: Receive, log: Logger): Router {
  const verify = createVerifier(secrets);

  const handle = async (request: Request, response: Response) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verified = verify(bytes, request.headers);
    if ('refused' in verified) {
      log.warn({ why: verified.why, path: request.path }, 'webhook request refused');
      return answer(response, verified.refused, {});
    }
    if ('challenge' in verified) return answer(response, 200, { challenge: verified.challenge });
    if ('ignored' in verified) return answer(response, 200, {});
    try {
      answer(response, 200, await takePush(verified.pushed, receive, log));
    } catch {
      answer(response, 500, {});
    }
  };

  const handleUnreadBody: ErrorRequestHandler = (error: unknown, request, response, _next) => {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 400;
    log.warn({ why: 'body', status, path: request.baseUrl }, 'webhook request refused');
    answer(response, status >= 400 && status < 500 ? status : 400, {});
  };

  const router = Router();
  router.post(PATHS, express.raw({ type: () => true, limit: LARGEST_BODY, inflate: false }), handle);
  router.use(PATHS, handleUnreadBody);
  return router;
}

/** Written by hand because `response.json` computes an ETag for every answer. */
function answer(response: Response, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
