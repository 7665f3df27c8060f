/** The long connection: where Feishu pushes events and card presses when the bot has no public address. */
import { setImmediate as settle } from 'node:timers/promises';
import { EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import type { Logger } from '../../basics/log.ts';
import type { App } from '../client.ts';
import { createHttp } from '../http.ts';
import type { Receive } from '../port.ts';
import { createSdkLog } from '../sdk-log.ts';
import { EVENT_TYPES } from './normalise.ts';
import { type PushAnswer, takePush } from './take-push.ts';

export type LongConnection = {
  /** Resolves when the connection is open for the first time; Feishu may be out of reach for as long as it likes. */
  opened: Promise<void>;
  isOpen: () => boolean;
  /** Lets what is being handled finish and be answered, then closes. */
  stop: () => Promise<void>;
};

const TIMEOUT_MS = 10_000;
/** The SDK gives up for good on "busy", "too many connections" and wrong credentials; all of these may pass. */
const RESTART_MS = 60_000;

/**
 * Starts receiving over the SDK's long connection. An event is acknowledged only after `receive` has resolved; when it
 * throws, Feishu hears 500 and pushes again. Reconnects for ever. Events go to one random connection of the app, so any number of
 * processes may hold one (Feishu allows 50). Path: /ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/request-url-configuration-case
 */
export function startLongConnection(app: App, receive: Receive, log: Logger): LongConnection {
  const http = createHttp(TIMEOUT_MS);
  const options = { logger: createSdkLog(log), loggerLevel: LoggerLevel.info };
  const handling = new Set<Promise<PushAnswer>>();
  let restart: NodeJS.Timeout | undefined;
  let isStopped = false;

  // The SDK hands over header and event in one flat object; the readers take what they know from it.
  const handle = async (flat: unknown): Promise<PushAnswer> => {
    const work = (async () => takePush({ header: flat, event: flat }, receive, log))();
    handling.add(work);
    try {
      return await work;
    } finally {
      handling.delete(work);
    }
  };
  const dispatcher = new EventDispatcher(options);
  dispatcher.register<Record<string, typeof handle>>(Object.fromEntries(EVENT_TYPES.map((type) => [type, handle])));

  let client: WSClient;
  const opened = new Promise<void>((resolve) => {
    client = new WSClient({
      ...app,
      ...options,
      httpInstance: http,
      handshakeTimeoutMs: TIMEOUT_MS,
      wsConfig: { pingTimeout: TIMEOUT_MS / 1000 },
      onReady: () => {
        log.info('the long connection is open');
        resolve();
      },
      onReconnecting: () => log.warn('the long connection was lost'),
      onReconnected: () => log.info('the long connection is open again'),
      onError: () => {
        log.error(
          { restartMs: RESTART_MS },
          'Feishu refuses the long connection: check the app id, secret, domain and number of connections',
        );
        if (!isStopped) restart = setTimeout(start, RESTART_MS);
      },
    });
  });
  const start = () => void client.start({ eventDispatcher: dispatcher });
  start();

  const handled = async () => {
    await Promise.allSettled(handling);
    // The SDK writes an answer right after its handler resolved.
    await settle();
  };
  return {
    opened,
    isOpen: () => client.getConnectionStatus().state === 'connected',
    stop: async () => {
      isStopped = true;
      clearTimeout(restart);
      await handled();
      client.close();
      await handled();
      http.close();
    },
  };
}
