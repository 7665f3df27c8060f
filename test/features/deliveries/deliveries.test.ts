/** What became of what was sent, as its issuer, an administrator and a person themselves are told. */
import { expect, it } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import type { House } from '../../support/house.ts';
import { openCast, openThird, TOPICS } from './cast.ts';

const findId = async ({ app }: House, topic: string) => {
  const [row] = await app.db.sql<{ id: string }>`SELECT id::text AS id FROM study_task WHERE topic = ${topic}`;
  return row?.id ?? '';
};

it('tells the issuer to how many it came, who waits until when and why, and who cannot be reached', async () => {
  const { house, secretary, officer } = await openThird();
  await secretary.says('送达情况');
  const card = secretary.seesLast('送达情况');
  expect(card).toContain('已送达0人，共40人');
  expect(card).toContain('主题党日：学习廉洁自律准则');
  expect(card).toContain('38人：当天的提醒已满两条，将于11月30日（周一）07:30起送达');
  expect(card).toContain('2人：飞书账号还没有开通或已停用');
  expect(card).toContain('截至11月27日（周五');
  await secretary.presses('主题党日：学习纪律处');
  await house.settles();
  expect(secretary.seesLast('送达情况')).toContain('已送达38人，共40人');
  // In other words, and by whoever issued nothing.
  await secretary.says('刚才发的大家都收到了吗');
  expect(secretary.seesLast('送达情况')).toContain('学习廉洁自律准则');
  await officer.says('送达情况');
  expect(officer.seesLast()).toContain('您最近没有发布过什么');
  await house.clockMovesTo('2026-11-30T07:31:00+08:00');
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toContain('已送达38人，共40人');
});

it('opens from the progress card for its issuer alone, with the same figures and the names that its list shows', async () => {
  const { house, secretary, officer, admin } = await openThird();
  await secretary.presses('送达情况');
  await house.settles();
  const reach = secretary.seesLast('送达情况');
  expect(secretary.seesLast('· 进度')).toContain('待送达 38 · 联系不上 2（共40人）');
  expect(reach).toContain('已送达0人，共40人');
  expect(reach).toContain('待送达的人（38位）');
  expect(reach).toContain('联系不上的人（2位）');
  expect(reach).toContain(await house.nameOf(officer.id));

  // Whoever watches the same task without having issued it has no such button, and no such card.
  await admin.says('学习进度');
  const watched = admin.sees().filter((card) => card.includes('· 进度'));
  expect(watched).toHaveLength(TOPICS.length);
  expect(watched.join()).not.toContain('[送达情况]');
});

it('shows no names to an issuer whose role has ended, and nothing to anybody else', async () => {
  const { house, secretary, officer } = await openThird();
  const id = await findId(house, '学习廉洁自律准则');
  await house.app.db
    .sql`UPDATE role_assignment SET until = now() - interval '20 years' WHERE "personId" = ${secretary.id}`;
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toContain('38人：');
  expect(secretary.seesLast('送达情况')).not.toContain('待送达的人');
  await house.app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, "dueAt")
    VALUES (gen_random_uuid(), 'deliveries:crafted', 'deliveries', 'reach', ${`study-tasks:${id}`}, ${officer.id}, 'answer', ${now()})`;
  await house.settles();
  const [crafted] = await house.app.db.sql`SELECT state FROM delivery WHERE key = 'deliveries:crafted'`;
  expect(crafted).toEqual({ state: 'dropped' });
  expect(officer.sees().join()).not.toContain('已送达');
});

it('says what was over before it came', async () => {
  const { house, secretary, issue } = await openCast();
  await house.app.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${SAMPLE_PEOPLE.officer}, '2026-11-26', '2026-12-01')`;
  await secretary.says('给本支部发布10道党纪题，今天15:00到15:30');
  await secretary.presses('确认发布（');
  await house.settles();
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toContain('没送到');
  expect(secretary.seesLast('送达情况')).toContain('1人：正在休假，等到能发时已经过了时间，不再发');
  // What runs is asked about before what is over, however new that is.
  await house.clockMovesTo('2026-11-27T16:00:00+08:00');
  await issue('学习党章');
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toContain('主题党日：学习党章');
  await secretary.presses('党纪知识比拼');
  await house.settles();
  expect(secretary.seesLast('送达情况')).toContain('1人：已经结束，没有送到');
});

it('tells whoever opened a round of 每月一星 the same of it', async () => {
  const { house, secretary } = await openCast();
  await secretary.says('发起每月一星');
  await secretary.presses('确认发起');
  await house.settles();
  const [round] = await house.app.db.sql<{ sent: number }>`
    SELECT count(DISTINCT recipient)::int AS sent FROM delivery WHERE card = 'round' AND push = 'quiet'`;
  await secretary.says('送达情况');
  const card = secretary.seesLast('送达情况');
  expect(card).toContain('：提名');
  expect(card).toContain(`共${round?.sent}人`);
  expect(round?.sent).toBeGreaterThan(10);
});

it('tells an administrator to whom the weekly digest came', async () => {
  const { house, admin, secretary } = await openCast();
  await house.clockMovesTo('2026-11-27T17:10:00+08:00');
  const [run] = await house.app.db.sql<{ sent: number }>`
    SELECT count(DISTINCT recipient)::int AS sent FROM delivery WHERE card = 'digest'`;
  await admin.says('送达情况');
  expect(admin.seesLast('送达情况')).toContain('第48周周报');
  expect(admin.seesLast('送达情况')).toContain(`共${run?.sent}人`);
  expect(run?.sent).toBeGreaterThan(0);
  await secretary.says('送达情况');
  expect(secretary.seesLast()).toContain('您最近没有发布过什么');
});

it('tells whoever set the focus of the month to which secretaries it came', async () => {
  const { house, admin } = await openCast();
  await admin.says('本月学习重点');
  await admin.presses('确定学习重点', { centreGroup: '', branches: '学习党章' });
  await house.settles();
  const [sent] = await house.app.db.sql<{ count: number }>`
    SELECT count(DISTINCT recipient)::int AS count FROM delivery WHERE card = 'plan' AND push = 'quiet'`;
  await admin.says('送达情况');
  expect(admin.seesLast('送达情况')).toContain('11月学习重点');
  expect(admin.seesLast('送达情况')).toContain(`共${sent?.count}人`);
  expect(sent?.count).toBeGreaterThan(1);
});

it('tells whoever set up a recurring meeting to which secretaries its reminder came', async () => {
  const { house, admin } = await openCast();
  await admin.says('每月30日提醒各支部开展主题党日');
  await admin.presses('确认');
  await house.settles();
  const [sent] = await house.app.db.sql<{ count: number }>`
    SELECT count(DISTINCT recipient)::int AS count FROM delivery WHERE card = 'occurrence' AND push = 'quiet'`;
  expect(sent?.count).toBeGreaterThan(1);
  await admin.says('送达情况');
  expect(admin.seesLast('送达情况')).toContain('11月主题党日');
  expect(admin.seesLast('送达情况')).toContain(`共${sent?.count}人`);
});
