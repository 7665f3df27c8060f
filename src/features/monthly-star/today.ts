/** What of the rounds is open for a person: to check, to give an opinion, to vote, to decide, to answer. */
import type { OpenItem, Viewpoint } from '../../feature.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { reviewersOf, STATE_WORDS } from './actors.ts';
import { findCandidate } from './checking/queries.ts';
import { dueOf } from './round/plan.ts';
import { findOfficeHolders, findRoundsIn } from './round/queries.ts';
import { findDuty, HELD_UP_BY_PEOPLE, isEndedByClock } from './round/steps.ts';
import { findOpenVotes } from './vote/vote.ts';

/** The lines of this feature on 今天. */
export async function findTodayItems(db: Reader, who: Person, { now }: Viewpoint): Promise<OpenItem[]> {
  const open = (card: string, ref: string) => ({ button: 'monthly-star/open', value: { card, ref } });
  const votes = (await findOpenVotes(db, who.id, now)).map(({ id, title, voteUntil }) => ({
    title: `${title}：参考投票`,
    due: voteUntil,
    open: open('vote', id),
  }));
  const questions = await db.sql<{ id: string }>`
    SELECT q.id FROM star_question q JOIN star_candidacy c ON c.id = q."candidacyId" JOIN star_round r ON r.id = c."roundId"
    WHERE q."nominatorId" = ${who.id} AND q.answer IS NULL AND r.state = 'checking' ORDER BY q."askedAt"`;
  const asked = questions.map(({ id }) => ({ title: '每月一星：答复核实问题', open: open('question', id) }));
  return [...votes, ...asked, ...(await findDuties(db, who, now, open))];
}

/** What falls to office holders; everybody else is spared the questions. */
async function findDuties(
  db: Reader,
  who: Person,
  now: Date,
  open: (card: string, ref: string) => OpenItem['open'],
): Promise<OpenItem[]> {
  const hasOffice = (['star.organise', 'star.review', 'star.decide'] as const).some((action) =>
    mayAnywhere(who, action),
  );
  if (!hasOffice) return [];
  const items: OpenItem[] = [];
  for (const round of await findRoundsIn(db, ['draft', ...HELD_UP_BY_PEOPLE])) {
    const due = dueOf(round, round.state);
    // A duty of the organiser only when the clock could not end it.
    const isHeldUp = isEndedByClock(round.state);
    if (isHeldUp && (!due || due > now)) continue;
    const { people, card } = await findDuty(db, round, now);
    if (!people.includes(who.id)) continue;
    items.push({
      title: `${round.title}：${STATE_WORDS[round.state]}${isHeldUp ? '已到期' : ''}`,
      ...(due && { due }),
      open: open(card, round.id),
    });
  }
  const holders = mayAnywhere(who, 'star.review') ? await findOfficeHolders(db, now) : [];
  const objections =
    holders.length > 0
      ? await db.sql<{ id: string; candidacyId: string; objectorId: string }>`
          SELECT o.id, o."candidacyId", o."objectorId" FROM star_objection o JOIN star_round r ON r.id = o."roundId"
          WHERE o.state = 'open' AND r.state = 'noticing' ORDER BY o."writtenAt", o.id`
      : [];
  for (const { id, candidacyId, objectorId } of objections) {
    const about = await findCandidate(db, candidacyId);
    if (about && reviewersOf(holders, about, [objectorId]).includes(who.id))
      items.push({ title: '每月一星：处理公示异议', open: open('objection', id) });
  }
  return items;
}
