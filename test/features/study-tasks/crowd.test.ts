/** An audience of 20,000: published in rounds, with little memory, while the issuer sees how far it has come. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';
import { progressCard } from './office.ts';

const PEOPLE = 20_000;

it('answers the press first, writes every card once in rounds, and shows the progress meanwhile', async () => {
  // At night nothing goes out: the rows are what is looked at.
  const house = await openHouse({ at: new Date('2026-11-23T22:00:00+08:00') });
  const { db } = house.app;
  const [branch] = await db.sql<{ id: string }>`
    INSERT INTO branch (id, name) VALUES (gen_random_uuid(), '联合党支部') RETURNING id::text`;
  await db.sql`
    INSERT INTO person (id, name, politics, "branchId")
    SELECT 'ou_crowd_' || lpad(n::text, 6, '0'), '学员' || n, 'member', ${branch?.id}::uuid FROM generate_series(1, ${PEOPLE}::int) AS n`;
  await db.sql`ANALYZE person`;
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('提醒联合党支部全体党员12月4日18:00前完成第一议题学习：学习讲话');
  expect(administrator.seesLast()).toContain(`[确认发布（${PEOPLE}人）]`);

  const countCards = async () =>
    (await db.sql<{ count: number }>`SELECT count(*)::int AS count FROM delivery WHERE card = 'task'`)[0]?.count ?? 0;
  const startedMb = process.memoryUsage().heapUsed / 2 ** 20;
  let mostMb = startedMb;
  const said = new Set<string>();
  const watch = setInterval(() => {
    mostMb = Math.max(mostMb, process.memoryUsage().heapUsed / 2 ** 20);
    const line = /正在发送：(\d+) \/ 共20000人/.exec(progressCard(administrator))?.[1];
    if (line) said.add(line);
  }, 20);
  const pressedAtMs = performance.now();
  const answer = await administrator.presses('确认发布（');
  const answeredInMs = Math.round(performance.now() - pressedAtMs);
  expect(answer).toMatchObject({
    ok: true,
    toast: {
      type: 'success',
      content: expect.stringContaining(`已发布给${PEOPLE}人，进展会显示在进度卡片上。其中${PEOPLE}人`),
    },
  });
  const writtenAtAnswer = await countCards();
  await house.settles();
  await house.clockMovesTo('2026-11-23T22:08:00+08:00');
  clearInterval(watch);

  expect(writtenAtAnswer).toBeLessThan(PEOPLE);
  const [cards] = await db.sql`
    SELECT count(*)::int AS cards, count(DISTINCT recipient)::int AS people, count(*) FILTER (WHERE state <> 'pending')::int AS gone
    FROM delivery WHERE card = 'task'`;
  expect(cards).toEqual({ cards: PEOPLE, people: PEOPLE, gone: 0 });
  // The card was there at once and moved on with the rounds, not with every delivery.
  expect(said.size).toBeGreaterThan(0);
  expect([...said].every((count) => Number(count) % 500 === 0)).toBe(true);
  expect(progressCard(administrator)).toContain(`已完成 0 · 待完成 0 · 待送达 ${PEOPLE}（共${PEOPLE}人）`);
  expect(progressCard(administrator)).not.toContain('正在发送');
  console.info(
    `20,000 people: answered in ${answeredInMs} ms; the heap grew by ${Math.round(mostMb - startedMb)} MB at most`,
  );

  await administrator.presses('查看未完成');
  await house.settles();
  expect(administrator.seesLast()).toContain(`等${PEOPLE}人`);

  expect(await administrator.presses('撤回发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
  await house.settles();
  const left = await db.sql`SELECT state, count(*)::int AS count FROM delivery WHERE card = 'task' GROUP BY state`;
  expect(left).toEqual([{ state: 'recalled', count: PEOPLE }]);
});
