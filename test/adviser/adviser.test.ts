/** What a model is asked and what of its answers is believed, against a server that speaks the protocol, and lies. */
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { createAdviser } from '../../src/adviser/adviser.ts';
import { veil } from '../../src/adviser/veil.ts';
import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { createReader, learnIntents } from '../../src/reading/create-reader.ts';
import { type FakeModel, startFakeModel } from '../support/fake-model.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai', overrides: [] });
const people = [{ id: 'ou_a', name: '程立山', unitId: null, branchId: null }];
const read = createReader({ units: [], branches: [], people }, learnIntents([], [], calendar));
const readingOf = (text: string) => read({ text }, { now: calendar.at('2026-11-27', '10:00'), calendar });

const WISHES = [
  { name: 'study.publish', does: '发学习任务', examples: ['发布学习'] },
  { name: 'leave.record', does: '登记请假', examples: [] },
];
const TEXT = '那个党章的材料让程立山他们下周三之前弄完';
const GOOD = { wish: 'study.publish', spans: [{ role: 'topic', text: '党章的材料' }] };
const KEY = 'a-key-that-nobody-logs';

async function open(patienceMs = 60_000) {
  const model = await startFakeModel();
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  const settings = { HEARING_URL: model.url, HEARING_KEY: KEY, HEARING_MODEL: 'a-model' };
  const adviser = await createAdviser(settings, log, patienceMs);
  const ask = (text = TEXT, names: string[] = []) => adviser?.({ reading: readingOf(text), names, wishes: WISHES });
  return { model, ask, logged };
}

it('gives the wish and the words it quotes, and sends key, model and wishes', async () => {
  const { model, ask } = await open();
  model.answers(JSON.stringify(GOOD));
  expect(await ask()).toEqual({ wish: 'study.publish', quotes: [{ role: 'topic', text: '党章的材料' }] });
  expect(model.asked).toHaveLength(1);
  expect(model.asked[0]).toMatchObject({ key: `Bearer ${KEY}`, body: { model: 'a-model' } });
  expect(model.asked[0]?.body.messages[0]?.content).toContain('study.publish：发学习任务。例：发布学习');
});

it('takes an object with fences or thoughts around it', async () => {
  const { model, ask } = await open();
  for (const around of [
    `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``,
    `<think>{也许是学习}</think>\n${JSON.stringify(GOOD)}`,
  ]) {
    model.answers(around);
    expect(await ask(), around).toMatchObject({ wish: 'study.publish' });
  }
});

it('hides names, mentions, phones, plates, ids, mail and addresses, and finds the way back', async () => {
  const { model, ask } = await open();
  const secrets = [
    ...['程立山', '阿衣古丽', '@外来人', '13812345678', '138 1234 5678', '0351-7654321', '晋A12345', '晋AD12345'],
    ...['140105199001011234', '14010519900101123X', '104217', 'a.b@example.com', 'https://example.com/a?k=1'],
  ];
  model.answers(JSON.stringify({ wish: 'leave.record', spans: [{ role: 'audience', text: '〔人1〕' }] }));
  expect(await ask(secrets.join('，'), ['阿衣古丽'])).toEqual({
    wish: 'leave.record',
    quotes: [{ role: 'audience', text: '程立山' }],
  });
  const sent = JSON.stringify(model.asked);
  for (const secret of secrets) expect(sent).not.toContain(secret);
  expect(sent).toContain('〔号4〕');
  const kept = veil(readingOf('12月4日18:00前，20道题，80分及格，2026年'), []);
  expect(kept.text).toBe('12月4日18:00前,20道题,80分及格,2026年');
});

const say = (status: number, text: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(text);

it.each<[string, Parameters<FakeModel['answers']>[0]]>([
  ['an unknown wish', JSON.stringify({ ...GOOD, wish: 'everything.delete' })],
  ['none of the wishes', JSON.stringify({ ...GOOD, wish: 'none' })],
  [
    'a quote that is not in the text',
    JSON.stringify({ ...GOOD, spans: [...GOOD.spans, { role: 'deadline', text: '12月4日' }] }),
  ],
  ['a name that was hidden from nobody', JSON.stringify({ ...GOOD, spans: [{ role: 'audience', text: '〔人9〕' }] })],
  ['an unknown role', JSON.stringify({ ...GOOD, spans: [{ role: 'run', text: '党章' }] })],
  ['an empty quote', JSON.stringify({ ...GOOD, spans: [{ role: 'topic', text: '' }] })],
  ['no JSON', '好的，我来办。'],
  ['half an object', '{"wish":"study.publish","spans":['],
  ['a list', '[]'],
  ['nothing', ''],
  ['a 500', say(500, '{"error":{"message":"boom"}}')],
  ['a 401', say(401, '{"error":{"message":"bad key"}}')],
  ['a page', say(200, '<html></html>')],
  ['no choices', say(200, '{}')],
  ['an object without a message', say(200, '{"choices":[{}]}')],
  ['a redirect', (response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ['a broken connection', (response) => void response.destroy()],
])('%s is no advice, asked once and logged without text or key', async (_what, answer) => {
  const { model, ask, logged } = await open();
  model.answers(answer);
  expect(await ask()).toBeUndefined();
  expect(model.asked).toHaveLength(1);
  expect(logged.join()).not.toMatch(/党章|程立山|a-key-that/);
  expect(logged).toHaveLength(1);
});

it.each<[string, (response: ServerResponse) => void]>([
  ['nothing', () => {}],
  ['a beginning', (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')],
])('a model that sends %s and hangs is given up, and holds up two at once at most', async (_what, hang) => {
  const { model, ask } = await open(1500);
  model.answers(hang);
  const all = await Promise.all([ask(), ask(), ask()]);
  expect(all).toEqual([undefined, undefined, undefined]);
  expect(model.asked).toHaveLength(2);
  model.answers(JSON.stringify(GOOD));
  expect(await ask()).toMatchObject({ wish: 'study.publish' });
});

it('is not there where it is not configured', async () => {
  expect(await createAdviser({}, createLog('silent'))).toBeUndefined();
});
