/** What is forgotten after months is missed by nobody: every card and figure that people can still ask for stays as it was. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';

const [EARLY, SEEN, DIGEST] = ['2026-11-23T07:00:00+08:00', '2026-11-23T09:00:00+08:00', '2026-11-27T17:30:00+08:00'];
/** Before and after what was sent in November is forgotten, which happens at night. */
const [REMEMBERED, FORGOTTEN] = ['2027-02-10T10:00:00+08:00', '2027-03-10T10:00:00+08:00'];

/** What people can still ask for months later, as they read it. */
async function askAll(house: House): Promise<string[]> {
  const chief = house.person(SAMPLE_PEOPLE.chief);
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await chief.says('周报 2026-W48');
  const digest = chief.seesLast();
  await secretary.says('学习进度');
  const progress = secretary.seesLast();
  await officer.says('今天');
  const today = officer.seesLast();
  await officer.presses('去办理');
  await house.settles();
  return [digest, progress, today, officer.seesLast()];
}

it('shows digest, progress and open tasks as before, and no delivery of the time is left', async () => {
  const house = await openHouse({ at: new Date(EARLY) });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  for (const topic of ['学习公报', '学习讲话']) {
    await secretary.says(`提醒全体党员本周四18:00前完成第一议题学习：${topic}`);
    await secretary.presses('确认发布');
  }
  await house.clockMovesTo(SEEN);
  await house.clockMovesTo(DIGEST);
  const { db } = house.app;
  const reached = () => db.sql<{ at: Date | null }>`
    SELECT a."publicationId", a."personId", reached_at(b.feature, b.card, b.id, a."personId") AS at
    FROM part a JOIN publication b ON b.id = a."publicationId" ORDER BY 1, 2`;
  const standings = () => db.sql`SELECT id, s.* FROM publication, standings(id, '2026-11-26') s ORDER BY 1, 2`;
  const ofTheTime = () => db.sql`SELECT key FROM delivery 
    WHERE card IN ('task', 'list') AND ("shownAt" < ${new Date(DIGEST)} OR state = 'dropped')`;

  await house.clockMovesTo(REMEMBERED);
  expect((await ofTheTime()).length).toBeGreaterThan(40);
  const [reachedBefore, standingsBefore] = [await reached(), await standings()];
  expect(reachedBefore.filter(({ at }) => at !== null).length).toBeGreaterThan(40);
  const said = await askAll(house);
  await house.clockMovesTo(FORGOTTEN);
  expect(await ofTheTime()).toEqual([]);
  expect(await reached()).toEqual(reachedBefore);
  expect(await standings()).toEqual(standingsBefore);
  expect(await askAll(house)).toEqual(said);
});

it('keeps what was sent of a task that goes on: the same key stays the same message', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒全体党员2027年6月1日18:00前完成第一议题学习：学习公报');
  await secretary.presses('确认发布');
  await house.settles();
  const keys = () => house.app.db.sql`
    SELECT d.key FROM delivery d JOIN part a ON d.key = 'study-tasks:task:' || a."publicationId" || ':' || a."personId" ORDER BY 1`;
  const before = await keys();
  expect(before.length).toBeGreaterThan(10);
  await house.clockMovesTo(FORGOTTEN);
  expect(await keys()).toEqual(before);
});

it('goes on batch by batch until nothing is left that is too old', async () => {
  const house = await openHouse();
  const { db } = house.app;
  await db.sql`INSERT INTO event (id, "receivedAt") SELECT 'old' || n, ${new Date(EARLY)}::timestamptz - interval '4 days' FROM generate_series(1, 12000) n`;
  await db.sql`INSERT INTO daily_push ("personId", day, used) SELECT 'p' || n, '2026-11-10', 1 FROM generate_series(1, 7000) n`;
  await db.sql`INSERT INTO event (id, "receivedAt") VALUES ('young', ${new Date(SEEN)})`;
  await house.clockMovesTo('2026-11-24T03:42:00+08:00');
  const left = await db.sql`
    SELECT (SELECT count(*)::int FROM event WHERE id LIKE 'old%') AS events, (SELECT count(*)::int FROM event WHERE id = 'young') AS young,
      (SELECT count(*)::int FROM daily_push WHERE day < '2026-11-15') AS pushes`;
  expect(left).toEqual([{ events: 0, young: 1, pushes: 0 }]);
});
