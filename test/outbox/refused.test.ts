/** A card that Feishu refuses for what is in it: its words come all the same, once, and the administrators hear of it once. */
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { card, type Feature } from '../../src/feature.ts';
import { AnyRef } from '../../src/sight.ts';
import { openHouse } from '../support/house.ts';

/** More components than a card may hold (200), and what somebody typed with markup in it. */
const TOO_MANY = 80;
const TYPED = '**急** <at id=all></at> [看](https://example.gov.cn)';

/** 清单 is a card that can be refused, 群发清单 gives it to three people as a quiet push, 改清单 changes it. */
function createRolls(shown: { rows: number }): Feature {
  const terms = { card: 'roll', ref: 'one' } as const;
  const people = [SAMPLE_PEOPLE.officer, SAMPLE_PEOPLE.auxiliary, SAMPLE_PEOPLE.secretary];
  const command = (word: string) => ({
    words: [word] as [string],
    help: { does: word, example: word },
    action: 'self' as const,
  });
  return {
    name: 'rolls',
    commands: {
      ask: {
        ...command('清单'),
        handle: async (turn) => {
          await turn.deliver({ key: turn.eventId, to: { person: turn.who.id }, push: 'answer', ...terms });
          return undefined;
        },
      },
      announce: {
        ...command('群发清单'),
        handle: async (turn) => {
          await turn.deliver(
            ...people.map(
              (person) => ({ key: person, to: { person }, push: 'quiet', gathers: true, ...terms }) as const,
            ),
          );
          return undefined;
        },
      },
      change: {
        ...command('改清单'),
        handle: async (turn) => {
          await turn.refresh(terms);
          return undefined;
        },
      },
    },
    cards: {
      roll: card({
        ref: AnyRef,
        action: 'self',
        templates: ['publication/names'],
        load: async () => ({
          template: 'publication/names',
          ...{ feature: 'rolls', name: '清单', about: '', due: '', at: '', counts: `共${shown.rows}行`, note: TYPED },
          words: { do: '办' },
          rows: Array.from({ length: shown.rows }, (_, at) => ({ label: `第${at}行`, value: '程立山' })),
        }),
      }),
    },
  };
}

async function open(rows: number) {
  const shown = { rows };
  const house = await openHouse({ tuning: { features: [createRolls(shown)] } });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const wordsOf = (person: string) =>
    house.emulator
      .messagesOf(person)
      .filter(({ type }) => type === 'post')
      .map(({ content }) => content as { title: string; content: { tag: string; text: string }[][] })
      .map(({ title, content }) => ({ title, lines: content.flat() }));
  const tries = (method: string) =>
    house.emulator.calls.filter((call) => call.method === method && call.path.includes('/im/v1/messages')).length;
  const reports = () => administrator.sees().filter((seen) => seen.includes('rolls/roll'));
  return { house, shown, officer, administrator, wordsOf, tries, reports };
}

it('answers in words where the card is refused, letter by letter and with what to do', async () => {
  const { officer, wordsOf, reports } = await open(TOO_MANY);
  await officer.says('清单');
  const [answer, ...more] = wordsOf(officer.id);
  expect(more).toEqual([]);
  expect(answer?.title).toBe('未办名单（仅您可见）');
  expect(new Set(answer?.lines.map(({ tag }) => tag))).toEqual(new Set(['text']));
  const lines = answer?.lines.map(({ text }) => text) ?? [];
  expect(lines).toEqual(expect.arrayContaining([`共${TOO_MANY}行`, '第7行  程立山', TYPED]));
  expect(lines.join()).toContain('请过一会儿再试一次刚才的操作');
  expect(reports()).toHaveLength(1);
});

it('sends the words once, does not edit them, and asks Feishu no more about the card', async () => {
  const { house, officer, wordsOf, tries, shown } = await open(TOO_MANY);
  await officer.says('群发清单');
  for (const person of [SAMPLE_PEOPLE.officer, SAMPLE_PEOPLE.auxiliary, SAMPLE_PEOPLE.secretary]) {
    expect(wordsOf(person)).toHaveLength(1);
    expect(JSON.stringify(wordsOf(person))).toContain('请发送“今天”');
  }
  await house.follows();
  const [creates, edits] = [tries('POST'), tries('PATCH')];
  shown.rows = 3;
  for (let change = 0; change < 3; change++) {
    await officer.says('改清单');
    await house.follows();
  }
  expect([tries('POST'), tries('PATCH')]).toEqual([creates, edits]);
  const rows = await house.app.db.sql`SELECT DISTINCT state, "isPlain" FROM delivery WHERE feature = 'rolls'`;
  expect(rows).toEqual([{ state: 'sent', isPlain: true }]);
});

it('tells each administrator once, with how many were hit, and nothing of what the card says', async () => {
  const { house, officer, reports } = await open(TOO_MANY);
  await officer.says('群发清单');
  await officer.says('清单');
  await house.follows();
  await house.clockMovesTo(new Date(now().getTime() + 86_400_000));
  await officer.says('清单');
  await house.follows();
  expect(reports()).toHaveLength(1);
  expect(reports()[0]).toContain('已影响5条消息');
  expect(reports()[0]).toMatch(/代码2300\d\d/);
  expect(reports()[0]).toContain('服务日志');
  expect(reports()[0]).not.toContain('程立山');
  expect(JSON.stringify(house.logged)).not.toContain('程立山');
});

it('an edit that is refused leaves the card as it was, is tried once and reported once', async () => {
  const { house, officer, reports, tries, shown } = await open(3);
  await officer.says('清单');
  expect(officer.seesLast('未办名单')).toContain('共3行');
  shown.rows = TOO_MANY;
  const before = tries('PATCH');
  for (let change = 0; change < 3; change++) {
    await officer.says('改清单');
    await house.follows();
  }
  await house.clockMovesTo(new Date(now().getTime() + 3 * 86_400_000));
  expect(officer.seesLast('未办名单')).toContain('共3行');
  expect(reports()).toHaveLength(1);
  expect(reports()[0]).toContain('已影响1条消息');
  expect(tries('PATCH') - before).toBe(1);
});

it('words that were held up by a limit go out later, still once and without the card', async () => {
  const { house, officer, wordsOf } = await open(TOO_MANY);
  house.emulator.faults.chatLimitedShare = 1;
  await officer.says('清单');
  expect(wordsOf(officer.id)).toEqual([]);
  house.emulator.faults.chatLimitedShare = 0;
  await house.follows();
  expect(wordsOf(officer.id)).toHaveLength(1);
});
