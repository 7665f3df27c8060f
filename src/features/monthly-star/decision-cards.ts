/** The leader's card: every candidate with opinion and advice, and the choice for each post. */
import { formatDeadline } from '../../calendar/format.ts';
import type { Card } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { isActor } from './actors.ts';
import { findPassed } from './candidate-queries.ts';
import { warnOfPrivateMarks } from './private-marks.ts';
import { findPosts, findRound } from './round-queries.ts';
import { choiceField } from './schema.ts';
import { cutText } from './statement.ts';
import { findResult, findTurnout } from './vote.ts';

const OPINIONS: Record<string, string> = { clear: '纪检无异议', concern: '纪检有意见' };
const EXCERPT_CHARACTERS = 60;

/** The decision of a round, for a leader who is no candidate in it. */
export const decision: Card = {
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    const person = await findPerson(db, viewer.person ?? '', viewer.now);
    if (!round || !(await isActor(db, round, person, 'leader'))) return undefined;
    const isOpen = round.state === 'deciding';
    const passed = await findPassed(db, id);
    if (!isOpen) {
      if (!viewer.isSent || !(['noticing', 'published', 'cancelled'] as string[]).includes(round.state))
        return undefined;
      const chosen = passed.filter(({ isChosen }) => isChosen).map(({ name, post }) => `${name}（${post}）`);
      const isCancelled = round.state === 'cancelled';
      return {
        template: 'decided',
        title: round.title,
        chosen: chosen.join('、'),
        reason: round.decisionReason ?? '',
        state: isCancelled ? { is: 'over', word: '已取消' } : { is: 'done', word: '已确认' },
      };
    }
    const votes = await findResult(db, round);
    const turnout = await findTurnout(db, id);
    return {
      title: round.title,
      due: formatDeadline(round.decideUntil, viewer),
      advice: !round.voteUntil
        ? '本轮没有进行参考投票'
        : `参考投票 ${turnout.voted}人（共${turnout.all}人），只供参考；不足5票的岗位不显示票数`,
      posts: (await findPosts(db, id))
        .map((post) => {
          const own = passed.filter(({ postId }) => postId === post.id);
          return {
            field: choiceField(post.sort),
            label: `${post.name}（${post.seats}名）`,
            isSingle: post.seats === 1,
            options: own.map((one) => ({ value: one.id, text: [one.name, one.unit].filter(Boolean).join(' · ') })),
            about: own
              .map((one) => {
                const counted = votes.get(one.id);
                const facts = [one.name, OPINIONS[one.opinion ?? ''], counted !== undefined && `参考票 ${counted}`];
                const concern =
                  one.opinion === 'concern' ? `\n意见：${cutText(one.opinionText ?? '', EXCERPT_CHARACTERS)}` : '';
                return `${facts.filter(Boolean).join(' · ')}${concern}\n${cutText((one.statement ?? '').replace(/\s+/g, ' '), EXCERPT_CHARACTERS)}`;
              })
              .join('\n\n'),
          };
        })
        .filter(({ options }) => options.length > 0),
      warning: passed
        .map(({ name, statement }) => {
          const warning = warnOfPrivateMarks(statement ?? '');
          return warning && `${name}：${warning}`;
        })
        .filter(Boolean)
        .join('\n'),
    };
  },
};
