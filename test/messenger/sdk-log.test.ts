/** What the SDK says → what reaches our log: static phrases, codes and ids. */
import { LoggerLevel, LoggerProxy } from '@larksuiteoapi/node-sdk';
import { beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { MessengerError } from '../../src/messenger/port.ts';
import { createSdkLog } from '../../src/messenger/sdk-log.ts';

const lines: string[] = [];
const sdk = new LoggerProxy(
  LoggerLevel.trace,
  createSdkLog(createLog('trace', { write: (line) => void lines.push(line) })),
);
const last = () => JSON.parse(lines.at(-1) ?? '{}');
beforeEach(() => {
  lines.length = 0;
});

test('a failed call: kind and code', () => {
  sdk.error([new MessengerError('rate-limited', '230020', 1000)]);
  expect(last()).toMatchObject({ kind: 'rate-limited', code: '230020' });
});

test('a failed handler: the phrase and the ids', () => {
  sdk.error('[ws]', 'invoke event failed, message_type: event; message_id: 0f1e-2d; trace_id: 3c4b; error: 张三 ou_1');
  expect(last()).toMatchObject({ says: 'invoke event failed', messageId: '0f1e-2d', traceId: '3c4b' });
});

test('a refused connection: the code', () => {
  sdk.error('[ws]', 'code: 514, app_secret s3cret is invalid');
  expect(last()).toMatchObject({ says: 'something else', code: '514' });
});

test.each([
  [{ message: 'x', config: { headers: { Authorization: 'Bearer t-s3cret' }, data: '{"app_secret":"s3cret"}' } }],
  [new Error('request to https://x/?ticket=s3cret failed')],
  [[[{ app_secret: 's3cret' }, 's3cret 张三']]],
  ['ws connect failed: wss://x/?access_key=s3cret&ticket=s3cret'],
  ['receive message, message_id: s3cret 张三; data: {"text":"张三"}'],
  [undefined],
  [null],
])('secrets, addresses and texts stay out: %#', (said) => {
  for (const level of ['error', 'warn', 'info', 'debug', 'trace'] as const) sdk[level]('[ws]', said);
  expect(lines).toHaveLength(3);
  expect(lines.join()).not.toMatch(/s3cret|张三|Bearer|https?:|wss:/);
});

test('debug and trace of the SDK, which carry whole payloads, are dropped', () => {
  sdk.debug('[ws]', 'receive message, data: {}');
  sdk.trace('[ws]', 'receive pong');
  expect(lines).toEqual([]);
});
