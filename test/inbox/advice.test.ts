/** A model that is asked about an unclear text adds one button to the card, and never acts. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { startFakeModel } from '../support/fake-model.ts';
import { type House, openHouse } from '../support/house.ts';

const { secretary, officer } = SAMPLE_PEOPLE;
const KEY = 'a-key-that-nobody-logs';
const UNCLEAR = '一大队党支部党章的事下周三18点之前落实到位';

async function open() {
  const model = await startFakeModel();
  const environment = { HEARING_URL: `${model.url}/`, HEARING_KEY: KEY, HEARING_MODEL: 'a-model' };
  const house = await openHouse({ environment });
  return { model, house, clerk: house.person(secretary) };
}

const published = (house: House) => house.app.db.sql`SELECT state FROM publication`;

it('offers what the model heard with the words it goes by, and a press drafts it by the bot\u2019s own grammar', async () => {
  const { model, house, clerk } = await open();
  model.answers(
    JSON.stringify({
      wish: 'study.publish',
      spans: [
        { role: 'topic', text: '党章' },
        { role: 'deadline', text: '下周三18点之前' },
        { role: 'audience', text: '一大队党支部' },
      ],
    }),
  );
  await clerk.says(UNCLEAR);
  await house.follows();
  expect(model.asked).toHaveLength(1);
  expect(clerk.seesLast()).toContain('您想办的也许是这件事：内容“党章”，截止“下周三18点之前”，范围“一大队党支部”');
  expect(await published(house)).toEqual([]);
  await clerk.presses('给支部发一项学习任务');
  await house.settles();
  expect(await published(house)).toEqual([{ state: 'draft' }]);
  const [branch] = await house.app.db.sql<{ id: string }>`SELECT id FROM branch WHERE name = '一大队党支部'`;
  const drafts = await house.app.db.sql`
    SELECT t.topic, p."dueAt", p.audience->'places' AS places, p.unused FROM publication p JOIN study_task t ON t.id = p.id`;
  const dueAt = new Date('2026-12-02T18:00:00+08:00');
  expect(drafts).toEqual([{ topic: '党章', dueAt, places: [{ kind: 'branch', id: branch?.id }], unused: [] }]);
  expect(JSON.stringify(house.logged)).not.toMatch(/党章|a-key-that/);
  expect(JSON.stringify(await house.app.db.sql`SELECT * FROM pending_job`)).not.toContain('党章');
});

it('is not asked about what is clear, nor about a greeting', async () => {
  const { model, clerk } = await open();
  for (const text of ['今天', '你好', '提醒本支部12月4日18:00前完成主题党日：学习党章']) await clerk.says(text);
  expect(model.asked).toEqual([]);
});

it.each([
  ['lies', JSON.stringify({ wish: 'study.publish', spans: [{ role: 'deadline', text: '12月31日' }] })],
  ['offers what the person may not do', JSON.stringify({ wish: 'roles.assign', spans: [] })],
  ['is broken', 'no JSON'],
])('leaves the card as it is where the model %s', async (_what, answer) => {
  const { model, house } = await open();
  model.answers(answer);
  const person = house.person(officer);
  await person.says(UNCLEAR);
  const before = person.seesLast();
  await house.follows();
  expect(model.asked).toHaveLength(1);
  expect(before).not.toBe('');
  expect(person.sees()).toEqual([before]);
});

it('may say nothing that its writer may do no more by the time of the press', async () => {
  const { model, house, clerk } = await open();
  model.answers(JSON.stringify({ wish: 'study.publish', spans: [] }));
  await clerk.says(UNCLEAR);
  await house.follows();
  await house.app.db
    .sql`UPDATE role_assignment SET until = now() - interval '1 day', "from" = now() - interval '2 days' WHERE "personId" = ${secretary}`;
  expect(await clerk.presses('给支部发一项学习任务')).toMatchObject({ toast: { type: 'warning' } });
  expect(await published(house)).toEqual([]);
});
