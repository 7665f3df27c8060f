/** Groups: a notice and a commendation are shown where somebody asked for it, with what is private kept out of them. */
import { expect, it } from 'vitest';
import { sampleWorld } from '../../../src/emulator/sample.ts';
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
