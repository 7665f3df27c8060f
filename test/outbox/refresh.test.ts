/** A card that many people change is edited at most once every two seconds, and ends up right. */
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { relayMarks } from '../../src/outbox/relay.ts';
import { openHouse } from '../support/house.ts';

it('edits the progress card of a busy task at most every two seconds', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒全体党员下周五18:00前完成第一议题学习：学习讲话');
  await secretary.presses('确认发布');
  await house.settles();
  const progress = house.emulator
    .messagesOf(secretary.id)
    .find(({ content }) => JSON.stringify(content).includes('· 进度'));
  const people = await house.app.db.sql<{
    personId: string;
  }>`SELECT "personId" FROM part ORDER BY "personId"`;

  for (const { personId } of people) {
    await house.person(personId).presses('我已完成');
    await house.settles();
  }
  await house.clockMovesTo('2026-11-23T11:00:00+08:00');

  const edits = house.emulator.calls.filter(
    ({ method, path }) => method === 'PATCH' && path.includes(progress?.id ?? '?'),
  );
  const gaps = edits.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(edits[index]?.at ?? at));
  expect(edits.length).toBeGreaterThan(0);
  expect(gaps.filter((gapMs) => gapMs < 1900)).toEqual([]);
  expect(secretary.sees().find((card) => card.includes('· 进度'))).toContain(
    `已完成 ${people.length} · 待完成 0（共${people.length}人）`,
  );
});

it('has a card that is just being sent for the first time followed by an edit, since it may show what was before', async () => {
  const { db } = (await openHouse()).app;
  await db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "claimedAt")
    SELECT gen_random_uuid(), 'nobody:' || state, 'nobody', 'card', 'one', state, 'quiet', state, ${now()}, ${now()}
    FROM unnest(ARRAY['sending', 'queued']) AS state`;
  await db.sql`INSERT INTO card_mark (feature, card, ref) VALUES ('nobody', 'card', 'one')`;
  await relayMarks(db);
  const rows = await db.sql`SELECT state, revision FROM delivery WHERE feature = 'nobody' ORDER BY state`;
  expect(rows).toEqual([
    { state: 'queued', revision: 1 },
    { state: 'sending', revision: 2 },
  ]);
});
