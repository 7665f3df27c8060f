/** Groups: a notice and a commendation are shown where somebody asked for it, with what is private kept out of them. */
import { expect, it } from 'vitest';
import { sampleWorld } from '../../../src/emulator/world/sample.ts';
import { candidacyOf, lastRound, openCast, reachVote, says, toastOf } from './playing.ts';

it('shows notice and commendation in a group that asked for them, and nothing in the others', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary, leader } = cast;
  const groups = sampleWorld().groups;
  const own = groups.find(({ name }) => name === '一大队工作群')?.chat_id ?? '';
  const say = async (who: string, text: string, chat: string) => {
    house.emulator.say(who, text, { chat, mentionsBot: true });
    await house.settles();
  };
  await secretary.says('光荣榜发到本群');
  expect(secretary.seesLast()).toContain('请在要发布的群里@我');
  await say(secretary.id, '光荣榜发到本群', own);
  expect(secretary.seesLast()).toContain('本支部每月一星的公示和表扬也会发到这个群');
  await say(officer.id, '光荣榜发到本群', own);
  expect(officer.seesLast()).toContain('您没有办理这件事的权限');

  await reachVote(cast, [auxiliary.id], { hasVote: 'no' });
  expect(toastOf(await leader.presses('确认人选', { post0: (await candidacyOf(house, auxiliary.id)).id }))).toContain(
    '已确认',
  );
  await house.settles();
  const { noticeUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((noticeUntil?.getTime() ?? 0) + 58 * 3_600_000));
  // The notice changes twice here; the second change of a card waits a moment.
  await house.follows();
  const sent = await house.app.db.sql<{ recipient: string; card: string; state: string }>`
    SELECT recipient, card, state FROM delivery WHERE "isChat" ORDER BY "shownAt"`;
  expect(sent).toEqual([
    { recipient: own, card: 'notice', state: 'sent' },
    { recipient: own, card: 'commendation', state: 'sent' },
  ]);
  const [shown] = await house.app.db.sql<{ messageId: string }>`
    SELECT "messageId" FROM delivery WHERE "isChat" AND card = 'commendation'`;
  expect(shown?.messageId).toBeTruthy();

  await say(secretary.id, '光荣榜不发本群', own);
  await says(cast, secretary, '光荣榜');
  expect(secretary.sees().join('\n')).toContain('已停止，公示和表扬不再发到这个群');
  expect(await house.app.db.sql`SELECT 1 FROM star_group`).toEqual([]);
});

it('leaves to each branch what it has set for a group; the office alone may change all of it', async () => {
  const { house, administrator, secretary } = await openCast();
  const [other] = await house.app.db.sql<{ id: string }>`
    SELECT r."personId" AS id FROM role_assignment r JOIN branch b ON b.id::text = r."scopeId" WHERE r.role = 'secretary' AND b.name = '二大队党支部'`;
  const foreign = house.person(other?.id ?? '');
  const chat = sampleWorld().groups.find(({ name }) => name === '支部书记群')?.chat_id ?? '';
  const says = async ({ id, seesLast }: typeof foreign, text: string) => {
    house.emulator.say(id, text, { chat, mentionsBot: true });
    await house.settles();
    return seesLast();
  };
  const set = () => house.app.db.sql<{ by: string }>`SELECT "addedById" AS by FROM star_group`;
  await says(secretary, '光荣榜发到本群');
  for (const text of ['光荣榜发到本群', '光荣榜不发本群']) {
    expect(await says(foreign, text)).toContain('没有改动');
    expect(await set()).toEqual([{ by: secretary.id }]);
  }
  expect(await says(secretary, '光荣榜发到本群')).toContain('已设好');
  expect(await says(administrator, '光荣榜发到本群')).toContain('已设好：全支队');
  expect(await says(secretary, '光荣榜不发本群')).toContain('没有改动');
  expect(await set()).toEqual([{ by: administrator.id }]);
  expect(await says(administrator, '光荣榜不发本群')).toContain('已停止');
  expect(await set()).toEqual([]);
});
