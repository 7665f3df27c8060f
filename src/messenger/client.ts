/** The messenger of the port, spoken through Feishu's SDK. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, LoggerLevel, withTenantToken } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { Logger } from '../basics/log.ts';
import { createAccessToken } from './access-token.ts';
import { Page, readPerson, readUnit } from './contacts.ts';
import { isTokenFault, sortFailure } from './error-kinds.ts';
import { Id } from './fields.ts';
import { createFileCalls } from './files.ts';
import { createHttp } from './http.ts';
import { parseAnswer, readData } from './parse-answer.ts';
import { type Messenger, MessengerError } from './port.ts';
import { createSdkLog } from './sdk-log.ts';

/** The app as the developer console shows it; `domain` is the base address without a trailing slash. */
export type App = { appId: string; appSecret: string; domain: string };

/** How patient the client is: for one call, for one that carries a file, and for the next page when Feishu names no time to wait. */
export type Patience = { timeoutMs: number; fileTimeoutMs: number; pageRetryMs: number };

// A token, a file and its message together stay below the minute after which the outbox takes a worker for dead.
const PATIENCE: Patience = { timeoutMs: 10_000, fileTimeoutMs: 30_000, pageRetryMs: 1_000 };
const PAGE_SIZE = 50;
const PAGE_TRIES = 6;

const Created = z.object({ message_id: Id });
const IssuedToken = z.object({
  code: z.number(),
  tenant_access_token: z.string().optional(),
  expire: z.number().optional(),
});

/** A messenger that also lets go of its connections. */
export type FeishuMessenger = Messenger & { close: () => void };

/**
 * The messenger for an app. Every call has a deadline, uses kept-alive connections and throws `MessengerError` only, also
 * where Feishu answers HTTP 200 with a code. A token that is refused is fetched anew once, and the call made once more.
 * Rates are the caller's business (the outbox); only the pages of the contacts wait by themselves.
 */
export function createMessenger(app: App, log: Logger, patience: Partial<Patience> = {}): FeishuMessenger {
  const { timeoutMs, fileTimeoutMs, pageRetryMs } = { ...PATIENCE, ...patience };
  const http = createHttp(timeoutMs);
  const files = createFileCalls(app.domain, fileTimeoutMs);
  const sdk = new Client({
    appId: app.appId,
    appSecret: app.appSecret,
    domain: app.domain,
    httpInstance: http,
    logger: createSdkLog(log),
    loggerLevel: LoggerLevel.info,
    disableTokenCache: true,
  });

  const token = createAccessToken(async () => {
    const data = { app_id: app.appId, app_secret: app.appSecret };
    const issued = parseAnswer(IssuedToken, await sdk.auth.v3.tenantAccessToken.internal({ data }));
    if (issued.code !== 0) throw sortFailure({ status: 200, code: issued.code });
    if (!issued.tenant_access_token) throw new MessengerError('unknown', 'unreadable');
    return { token: issued.tenant_access_token, lifeMs: (issued.expire ?? 0) * 1000 };
  });

  /** Has one call made with the bot's token, and once more with another if that one was refused. */
  const withToken = async <T>(askOnce: (bearer: string) => Promise<T>): Promise<T> => {
    try {
      const bearer = await token.get();
      try {
        return await askOnce(bearer);
      } catch (error) {
        if (!isTokenFault(error)) throw error;
        token.drop(bearer);
        return await askOnce(await token.get());
      }
    } catch (error) {
      if (error instanceof MessengerError) throw error;
      throw new MessengerError('unexplained', 'unexpected', undefined, { cause: error });
    }
  };

  /** One call of the SDK; resolves with the answer's `data`. */
  const call = (ask: (auth: ReturnType<typeof withTenantToken>) => Promise<unknown>): Promise<unknown> =>
    withToken(async (bearer) => readData(await ask(withTenantToken(bearer))));

  /** Reads one page; a rate limit is waited for, since reading again changes nothing. */
  const callPage: typeof call = async (ask) => {
    for (let tries = 1; ; tries++) {
      try {
        return await call(ask);
      } catch (error) {
        const isLimited = error instanceof MessengerError && error.kind === 'rate-limited';
        if (!isLimited || tries === PAGE_TRIES) throw error;
        await sleep(error.retryAfterMs ?? pageRetryMs);
      }
    }
  };

  const createMessage = async (
    to: { person: string } | { chat: string },
    type: 'interactive' | 'post' | 'file' | 'image',
    content: object,
    uuid: string,
  ) => {
    const [idType, id] = 'person' in to ? (['open_id', to.person] as const) : (['chat_id', to.chat] as const);
    const data = { receive_id: id, msg_type: type, content: JSON.stringify(content), uuid };
    const created = await call((auth) => sdk.im.v1.message.create({ params: { receive_id_type: idType }, data }, auth));
    return { messageId: parseAnswer(Created, created).message_id };
  };

  return {
    create: (to, card, uuid) => createMessage(to, 'interactive', card, uuid),

    // Rich text, since the text of a plain message is markup: `**`, `<at>` (/im-v1/message/create_json).
    createPlain: (to, { title, lines }, uuid) => {
      const content = lines.map((text) => [{ tag: 'text', text }]);
      return createMessage(to, 'post', { zh_cn: { title, content } }, uuid);
    },

    createFile: async (to, file, uuid) => {
      const { type, content } = await withToken((bearer) => files.upload(bearer, file));
      return createMessage(to, type, content, uuid);
    },

    download: (messageId, file) => withToken((bearer) => files.download(bearer, messageId, file)),

    patch: async (messageId, card) => {
      const path = { message_id: encodeURIComponent(messageId) };
      const data = { content: JSON.stringify(card) };
      await call((auth) => sdk.im.v1.message.patch({ path, data }, auth));
    },

    recall: async (messageId) => {
      const path = { message_id: encodeURIComponent(messageId) };
      await call((auth) => sdk.im.v1.message.delete({ path }, auth));
    },

    units: () =>
      readPages(
        (pageToken) =>
          callPage((auth) =>
            sdk.contact.v3.department.children(
              {
                path: { department_id: '0' },
                params: { ...pageParams(pageToken), department_id_type: 'open_department_id', fetch_child: true },
              },
              auth,
            ),
          ),
        readUnit,
      ),

    members: (unitId) =>
      readPages(
        (pageToken) =>
          callPage((auth) =>
            sdk.contact.v3.user.findByDepartment(
              { params: { ...pageParams(pageToken), department_id_type: 'open_department_id', department_id: unitId } },
              auth,
            ),
          ),
        readPerson,
      ),

    close: http.close,
  };
}

function pageParams(pageToken: string | undefined) {
  return { user_id_type: 'open_id' as const, page_size: PAGE_SIZE, ...(pageToken && { page_token: pageToken }) };
}

/** Every item of every page. Paths: /uAjLw4CM/ukTMukTMukTM/reference/contact-v3/{department/children,user/find_by_department} */
async function* readPages<T>(
  askPage: (pageToken: string | undefined) => Promise<unknown>,
  readItem: (item: unknown) => T | undefined,
): AsyncIterable<T> {
  let pageToken: string | undefined;
  do {
    const page = parseAnswer(Page, await askPage(pageToken));
    for (const item of page.items ?? []) {
      const read = readItem(item);
      if (read !== undefined) yield read;
    }
    // A page that names itself as the next one would never end.
    const next = page.has_more ? (page.page_token ?? undefined) : undefined;
    if (page.has_more && (!next || next === pageToken)) throw new MessengerError('unknown', 'unreadable');
    pageToken = next;
  } while (pageToken);
}
