/** What cannot be made: an end at once, one line for the operator, one card for the administrators, and a word for whoever waits. */
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { card, type Feature, fileMaker } from '../../src/feature.ts';
import { Id } from '../../src/sight.ts';
import type { Reader } from '../../src/storage/database.ts';
import { openHouse } from '../support/house.ts';

const ID = '6f1d0c52-6c0e-4d6c-8f5e-0d2a5b3c7e11';

type Fault = (db: Reader) => Promise<unknown>;

async function open(fault: Fault) {
  const made = { fault, bytes: Buffer.from('做好了') };
  const about = { ref: Id, action: 'self' } as const;
  const make = async (db: Reader) => {
    await made.fault(db);
    return { name: '做好了.txt', bytes: made.bytes };
  };
  const brittle: Feature = {
    name: 'brittle',
    commands: {
      send: {
        words: ['易碎'],
        help: { does: '要一样做不好的东西', example: '易碎' },
        action: 'self',
        handle: async (turn, { rest: ref }) => {
          const terms = { to: { person: turn.who.id }, ref, push: 'answer' } as const;
          const again = turn.eventId;
          await turn.deliver(
            { key: `card:${again}`, card: 'brittle', ...terms },
            { key: `file:${again}`, file: 'brittle', ...terms },
          );
          return undefined;
        },
      },
    },
    cards: {
      brittle: card({
        ...about,
        templates: ['house/closed'],
        load: async (db) => (await make(db)) && { template: 'house/closed' },
      }),
    },
    files: { brittle: fileMaker({ ...about, make }) },
  };
  const house = await openHouse({ tuning: { features: [brittle] } });
  const passes = (seconds: number) => house.clockMovesTo(new Date(now().getTime() + seconds * 1000));
  const outcomes = () => house.app.db.sql<{ state: string; failure: string | null; attempts: number }>`
    SELECT state, failure, attempts FROM delivery WHERE feature = 'brittle' ORDER BY key`;
  const alarms = () => house.logged.filter(({ level }) => Number(level) >= 50).map(({ msg }) => msg);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const reports = () => administrator.sees().filter((seen) => seen.includes('brittle/brittle'));
  return { person: house.person(SAMPLE_PEOPLE.officer), made, passes, outcomes, alarms, reports };
}

const breaks: Fault = () => Promise.reject(new Error('it is broken'));

it('is given up at once, and not tried again', async () => {
  const { person, passes, outcomes, alarms } = await open(breaks);
  await person.says(`易碎 ${ID}`);
  for (const seconds of [30, 700, 3_700, 86_400]) await passes(seconds);
  expect(await outcomes()).toEqual(Array(2).fill({ state: 'failed', failure: 'not-made', attempts: 1 }));
  expect(alarms().sort()).toEqual([
    ...Array(2).fill('a card or file is at fault'),
    ...Array(2).fill('a delivery could not be made'),
  ]);
});

it('is told to whoever waits for it, and to the administrators once, with a number that goes on counting', async () => {
  const { person, passes, reports } = await open(breaks);
  await person.says(`易碎 ${ID}`);
  expect(person.seesLast('您要的卡片没能发出')).toContain('已经登记的内容不受影响');
  expect(person.seesLast('您要的文件没能发出')).toContain('已经登记的内容不受影响');
  for (let more = 0; more < 2; more++) await person.says(`易碎 ${ID}`);
  await passes(30);
  expect(reports()).toHaveLength(2);
  expect(reports().map((seen) => /已影响\d+条/.exec(seen)?.[0])).toEqual(Array(2).fill('已影响3条'));
  expect(reports().every((seen) => seen.includes('程序没能生成它') && seen.includes('服务日志'))).toBe(true);
  await passes(86_400);
  await person.says(`易碎 ${ID}`);
  expect(reports()).toHaveLength(2);
});

it('a file that Feishu refuses is told to whoever waits for it, and to the administrators', async () => {
  const { person, made, reports, alarms } = await open(async () => undefined);
  made.bytes = Buffer.alloc(0);
  await person.says(`易碎 ${ID}`);
  expect(person.seesLast('您要的文件没能发出')).not.toBe('');
  expect(person.seesLast('您要的卡片没能发出')).toBe('');
  expect(reports()).toHaveLength(1);
  expect(reports()[0]).toContain('代码234010');
  expect(alarms()).toEqual(['a card or file is at fault']);
});

it('is given up at once when the ref is none of its own', async () => {
  const { person, passes, outcomes, alarms } = await open(breaks);
  await person.says('易碎 0');
  await passes(86_400);
  expect(await outcomes()).toEqual(Array(2).fill({ state: 'failed', failure: 'unreadable-ref', attempts: 1 }));
  expect(alarms()).toHaveLength(2);
});

it.each<[string, Fault]>([
  ['lost a connection', (db) => db.sql`SELECT pg_terminate_backend(pg_backend_pid())`],
  ['lost to another transaction', (db) => db.sql`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`],
])('is sent after all when the database %s and a later try succeeds', async (_what, fault) => {
  const { person, made, passes, outcomes, alarms } = await open(fault);
  await person.says(`易碎 ${ID}`);
  expect(await outcomes()).toEqual(Array(2).fill({ state: 'pending', failure: 'database', attempts: 1 }));
  made.fault = async () => undefined;
  await passes(30);
  expect(await outcomes()).toEqual(Array(2).fill({ state: 'sent', failure: null, attempts: 0 }));
  expect((await person.files()).map(({ name }) => name)).toEqual(['做好了.txt']);
  expect(alarms()).toEqual([]);
});
