/** The express app: webhook, health, metrics, queue dashboard. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import express, { type RequestHandler, type Router } from 'express';
import type { Registry } from 'prom-client';
import { StartError } from '../basics/errors.ts';
import type { AnyQueue } from '../queue/queues.ts';
import { createReadiness } from './readiness.ts';

export type WebParts = {
  host: string;
  port: number;
  webhook?: Router;
  /** Whether the process can do its work: resolves, or rejects with the reason. */
  checkReady: () => Promise<void>;
  metrics: Registry;
  queues: AnyQueue[];
  opsToken: string | undefined;
};

/** `stop` answers what it has been asked, and closes what stays silent or half asked after five seconds, or after `withinMs`. */
export type Web = { url: string; stop: (withinMs: number) => Promise<void> };

const PATIENCE_MS = 5_000;

/** Starts listening. Throws `StartError` when the port is taken or may not be used. */
export async function startWeb(parts: WebParts): Promise<Web> {
  const app = express().disable('x-powered-by').disable('etag');
  if (parts.webhook) app.use(parts.webhook);
  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  const readiness = createReadiness(parts.checkReady);
  app.get('/readyz', async (_request, response) => {
    const isReady = await readiness();
    response.status(isReady ? 200 : 503).json({ ok: isReady });
  });
  const guard = guardWith(parts.opsToken);
  app.get('/metrics', guard, async (_request, response) => {
    response.type(parts.metrics.contentType).send(await parts.metrics.metrics());
  });
  app.use('/queues', guard, dashboard(parts.queues));
  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  return listen(createServer(app), parts.host, parts.port);
}

/** Lets in whoever shows the token as a bearer, or as the password of a browser's login. Without a token nobody is let in. */
function guardWith(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (!token) return void response.status(404).json({ error: 'set OPS_TOKEN to open this' });
    const [scheme = '', shown = ''] = (request.headers.authorization ?? '').split(' ');
    const password = scheme === 'Basic' ? Buffer.from(shown, 'base64').toString().split(':').slice(1).join(':') : shown;
    if (isEqual(password, token)) return next();
    response.set('WWW-Authenticate', 'Basic realm="operations"').status(401).json({ error: 'OPS_TOKEN is needed' });
  };
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The queues hold ids only, so there is nothing to hide; and nothing to press, since the database is the truth. */
function dashboard(queues: AnyQueue[]): RequestHandler {
  const adapter = new ExpressAdapter();
  adapter.setBasePath('/queues');
  // The dashboard knows queues by BullMQ's Redis type; what it reads is the same on PostgreSQL.
  const boards = queues.map((queue) => new BullMQAdapter(queue as unknown as Queue, { readOnlyMode: true }));
  createBullBoard({ queues: boards, serverAdapter: adapter });
  return adapter.getRouter() as RequestHandler;
}

function listen(server: Server, host: string, port: number): Promise<Web> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new StartError(`Port ${port} is taken by another program. Stop it, or set PORT to another number.`));
      else if (error.code === 'EACCES')
        reject(new StartError(`Port ${port} may not be used by this account. Set PORT to a number above 1023.`));
      else
        reject(
          new StartError(`Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`),
        );
    });
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
      resolve({
        url: `http://${shown}:${actual}`,
        stop: (withinMs) =>
          new Promise((done) => {
            const patience = setTimeout(() => server.closeAllConnections(), Math.min(PATIENCE_MS, withinMs));
            server.close(() => {
              clearTimeout(patience);
              done();
            });
            server.closeIdleConnections();
          }),
      });
    });
  });
}
