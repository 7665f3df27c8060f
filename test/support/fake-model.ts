/** A small server that speaks as much of OpenAI's protocol as the bot does, and answers as a test says: truly, wrongly or not at all. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What it was asked: the key, and the request's body. */
export type Asked = { key: string; body: { model: string; messages: { role: string; content: string }[] } };

export type FakeModel = {
  url: string;
  asked: Asked[];
  /** How it answers from now on: with this text as the message, or as the function does with the response. */
  answers: (how: string | ((response: ServerResponse) => void)) => void;
};

/** Starts one for a test. */
export async function startFakeModel(): Promise<FakeModel> {
  const asked: Asked[] = [];
  let answer: (response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ key: request.headers.authorization ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) });
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answers: (how) => {
      answer = typeof how === 'string' ? (response) => complete(response, how) : how;
    },
  };
}

function complete(response: ServerResponse, content: string): void {
  const message = { role: 'assistant', content, refusal: null };
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'fake' },
      choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    }),
  );
}
