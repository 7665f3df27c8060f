/** Stands between the emulator and the bot: every push passes here with its own bytes and signature, as often and as late as a test wants. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, type Posted, post } from '../../messenger/feishu-push.ts';
import type { House } from '../../support/house.ts';

export type Tap = {
  /** How many copies of each push go to the bot, all at the same time; one unless set. */
  copies: number;
  /** What the bot answered to the newest push, one entry per copy. */
  answers: Posted[];
  /** Remembers the newest request: the function pushes it once more, byte by byte, and gives the answer. */
  recordNewest: () => () => Promise<Posted>;
};

/** Leads the emulator's pushes through a tap until the test is over. */
export async function openTap(house: House): Promise<Tap> {
  const address = `${house.app.url}/webhook/event`;
  let newest: { body: Buffer; headers: Record<string, string> } | undefined;
  const tap: Tap = {
    copies: 1,
    answers: [],
    recordNewest: () => {
      if (!newest) throw new Error('nothing was pushed yet');
      const { body, headers } = newest;
      return () => post(address, body, headers);
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const pushed = { body: Buffer.concat(chunks), headers: signatureOf(request.headers) };
    const posts = Array.from({ length: tap.copies }, () => post(address, pushed.body, pushed.headers));
    const answers = await Promise.all(posts);
    newest = pushed;
    tap.answers = answers;
    const [first] = answers;
    response.writeHead(first?.status ?? 500, { 'Content-Type': 'application/json' }).end(JSON.stringify(first?.body));
  });
  house.emulator.pushTo(`${await listen(server)}/webhook/event`);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return tap;
}

function signatureOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith('x-lark-') ? [[name, String(value)]] : [])),
  );
}
