/** What the bot is measured against: express and Feishu's SDK as its documentation shows them, with nothing behind. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as lark from '@larksuiteoapi/node-sdk';
import express from 'express';
import { listen } from '../messenger/feishu-push.ts';
import { readArgument, serveParent } from './child.ts';
import { CREDENTIALS } from './house.ts';

/** Cards to send in a loop: one like `likeMessage`, to these people, so many at a time. */
export type SendLoop = { likeMessage: string; people: string[]; concurrency: number };

const { emulatorUrl } = readArgument<{ emulatorUrl: string }>();
const { appId, appSecret, encryptKey, verificationToken } = CREDENTIALS;

const loggerLevel = lark.LoggerLevel.error;
const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, loggerLevel }).register({
  'card.action.trigger': () => ({}),
});
const web = express()
  .use(express.json())
  .use('/webhook/event', lark.adaptExpress(dispatcher, { autoChallenge: true }));
const server = createServer(web);
const url = await listen(server);

const client = new lark.Client({ appId, appSecret, domain: emulatorUrl, loggerLevel });

/** Sends all and gives the milliseconds it took. */
async function sendAll({ likeMessage, people, concurrency }: SendLoop): Promise<number> {
  const found = await client.im.v1.message.get({ path: { message_id: likeMessage } });
  const content = found.data?.items?.[0]?.body?.content ?? '';
  const waiting = people.values();
  const sendOnes = async () => {
    for (const person of waiting) {
      const data = { receive_id: person, msg_type: 'interactive', content, uuid: randomUUID() };
      const { code } = await client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data });
      if (code !== 0) throw new Error(`the emulator answered ${code}`);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: concurrency }, sendOnes));
  return performance.now() - startedMs;
}

serveParent(url, {
  answer: (loop) => sendAll(loop as SendLoop),
  stop: async () => {
    server.closeAllConnections();
    server.close();
  },
});
