/** 已读: a count for the issuer while it runs, and for nobody else; no names, no time, and forgotten at the end. */
import { expect, it, vi } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';

const TASK = '提醒本支部11月27日18:00前完成主题党日：学习党章';
/** Of the secretary's branch, all but two have opened their account. */
const REACHED = 38;

async function openWithTask(options: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(options);
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says(TASK);
  await secretary.presses('确认发布');
  await house.settles();
  await house.follows();
  return { house, secretary, officer };
}

const readers = async ({ app }: House) =>
  (await app.db.sql<{ personId: string }>`SELECT "personId" FROM part WHERE "isRead" ORDER BY 1`).map(
    (row) => row.personId,
  );

it('counts whoever has opened the card once, on the card of whoever issued it', async () => {
  const { house, secretary, officer } = await openWithTask();
  expect(secretary.seesLast('· 进度')).toContain(`已送达 ${REACHED} · 已读 0`);
  await officer.reads();
  await house.follows();
  expect(secretary.seesLast('· 进度')).toContain(`已送达 ${REACHED} · 已读 1`);

  // The reminder is about the same, and opening it is no second reader.
  await house.clockMovesTo('2026-11-26T10:00:00+08:00');
  await officer.reads();
  await house.follows();
  expect(secretary.seesLast('· 进度')).toContain('· 已读 1');
  expect(await readers(house)).toEqual([officer.id]);
});

it('tells nobody else: no other watcher, no list of names', async () => {
  const { house, secretary, officer } = await openWithTask();
  await officer.reads();
  await house.follows();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('学习进度');
  expect(administrator.seesLast('· 进度')).toContain('待完成');
  expect(administrator.seesLast('· 进度')).not.toContain('已读');
  await secretary.presses('查看未完成');
  await house.settles();
  expect(secretary.seesLast()).toContain(await house.nameOf(officer.id));
  expect(secretary.seesLast()).not.toContain('已读');
  const columns = await house.app.db.sql<{ name: string }>`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name ILIKE '%read%' AND table_name NOT IN ('heat_alert', 'weather_reading') ORDER BY 1`;
  // What is kept says yes and no; no table keeps an instant of it.
  expect(columns.map(({ name }) => name)).toEqual(['part.isRead', 'publication.countsReads']);
});

it('counts a line of the 今天 card as that card is opened', async () => {
  const { house, secretary, officer } = await openWithTask({ at: new Date('2026-11-23T22:00:00+08:00') });
  await secretary.says(TASK.replace('学习党章', '学习条例'));
  await secretary.presses('确认发布');
  await house.clockMovesTo('2026-11-24T07:31:00+08:00');
  expect(officer.sees()).toHaveLength(1);
  await officer.reads();
  await house.follows();
  const cards = secretary.sees().filter((card) => card.includes('· 进度'));
  expect(cards.map((card) => /已读 \d+/.exec(card)?.[0])).toEqual(['已读 1', '已读 1']);
});

it('forgets at the end, and counts no more after an extension', async () => {
  const { house, secretary, officer } = await openWithTask();
  await officer.reads();
  await house.clockMovesTo('2026-11-27T18:00:30+08:00');
  await house.follows();
  expect(await readers(house)).toEqual([]);
  expect(secretary.seesLast('· 进度')).toContain('已到期');
  expect(secretary.seesLast('· 进度')).not.toContain('已读');
  house.emulator.read(SAMPLE_PEOPLE.auxiliary);
  await house.settles();
  expect(await readers(house)).toEqual([]);
});

it('forgets what is withdrawn', async () => {
  const { house, secretary, officer } = await openWithTask();
  await officer.reads();
  expect(await readers(house)).toEqual([officer.id]);
  await secretary.presses('撤销');
  await house.follows();
  expect(await readers(house)).toEqual([]);
  await secretary.presses('恢复任务');
  await house.follows();
  // What would be less than is so is not said.
  expect(secretary.seesLast('· 进度')).not.toContain('已读');
});

it('says nothing where so few are reached that the count would point at persons', async () => {
  const { house, secretary, officer } = await openWithTask();
  const topic = '学习条例';
  const names = await Promise.all([officer.id, SAMPLE_PEOPLE.auxiliary].map((id) => house.nameOf(id)));
  await secretary.says(`提醒${names.join('、')}11月27日18:00前完成主题党日：${topic}`);
  await secretary.presses('确认发布');
  await house.settles();
  await officer.reads();
  await house.follows();
  const [large, small] = secretary.sees().filter((card) => card.includes('· 进度'));
  expect(large).toContain('已读 1');
  expect(small).toContain('共2人');
  expect(small).not.toContain('已读');
});

it('follows a crowd with few edits, each event taken once though it is pushed twice', async () => {
  const { house, secretary } = await openWithTask();
  const people = await house.app.db.sql<{ personId: string }>`SELECT "personId" FROM part`;
  const edits = () =>
    house.emulator.calls.filter(({ method, direction }) => direction === 'out' && method === 'PATCH').length;
  const before = edits();
  house.emulator.faults.pushTwice = true;
  for (const { personId } of people) house.emulator.read(personId);
  await house.settles();
  await house.follows();
  expect(secretary.seesLast('· 进度')).toContain(`已送达 ${REACHED} · 已读 ${REACHED}`);
  expect(edits() - before).toBeLessThanOrEqual(3);
});

it('counts what was read before the worker had written down that it was sent', async () => {
  const { house, secretary, officer } = await openWithTask();
  const [held] = await house.app.db.sql<{ id: string; messageId: string }>`
    UPDATE delivery d SET state = 'sending', "claimedAt" = now() + interval '1 year', "messageId" = NULL
    FROM (SELECT id, "messageId" FROM delivery WHERE card = 'task' AND recipient = ${officer.id}) old WHERE old.id = d.id
    RETURNING d.id, old."messageId"`;
  house.emulator.read(officer.id);
  await vi.waitFor(() => expect(house.emulator.waitingEvents()).toBe(0), { timeout: 30_000 });
  expect(await readers(house)).toEqual([]);
  await house.app.db
    .sql`UPDATE delivery SET state = 'sent', "messageId" = ${held?.messageId ?? ''} WHERE id = ${held?.id ?? ''}::uuid`;
  await house.follows();
  await house.follows();
  expect(await readers(house)).toEqual([officer.id]);
  expect(secretary.seesLast('· 进度')).toContain('· 已读 1');
});
