/** The public notice, its objections, and the commendation that follows. */
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { CLOSED, card, type Viewer } from '../../../feature.ts';
import { nameAudience } from '../../../people/audience/audience-words.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { isConcerned, reviewersOf } from '../actors.ts';
import { findCandidate, findPassed } from '../checking/queries.ts';
import { cutText } from '../checking/statement.ts';
import * as forms from '../forms.ts';
import { findOfficeHolders, findRound, isGroupOf, type Round } from '../round/queries.ts';
import { ObjectionFormRef } from '../schema.ts';
import { findHonours } from './honour.ts';

const EXCERPT_CHARACTERS = 200;
/** The stars of a round that are shown at once; the others are behind 查看全部事迹. */
const MAX_SHOWN = 12;
/** More than a round can have: eight posts of twenty. */
const MAX_STARS = 200;

/** The notice to everybody of the round, and to groups. One that comes after its time is not sent. */
export const notice = card({
  ref: Id,
  action: 'self',
  inGroups: true,
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    if (!round?.noticeUntil) return undefined;
    if (!(await maySee(db, round, viewer))) return CLOSED;
    const isOpen = round.state === 'noticing' && round.noticeUntil > viewer.now;
    const isCancelled = round.state === 'cancelled';
    if (!isOpen && !viewer.isSent) return undefined;
    // Nobody became a star: their names do not stay in everybody's chat as if they had.
    const chosen = isCancelled ? [] : (await findPassed(db, id)).filter(({ isChosen }) => isChosen);
    const last = viewer.calendar.addDays(viewer.calendar.dayOf(round.noticeUntil), -1);
    return {
      title: round.title,
      audience: await nameAudience(db, round.audience),
      line: isOpen
        ? `公示到 ${formatDay(last, viewer)}，含当天`
        : isCancelled
          ? `本轮已取消：${round.cancelReason ?? ''}`
          : '公示已经结束',
      isOpen,
      state: isOpen ? { is: 'open', word: '公示中' } : { is: 'over', word: isCancelled ? '已取消' : '已结束' },
      rest: chosen.length > MAX_SHOWN ? `共${chosen.length}位${isOpen ? '，其余请看完整事迹' : ''}` : '',
      stars: chosen.slice(0, MAX_SHOWN).map(({ name, unit, post, statement }) => ({
        who: [name, unit, post].filter(Boolean).join(' · '),
        text: cutText(statement ?? '', EXCERPT_CHARACTERS),
      })),
    };
  },
});

/** Everybody of the round sees what is said in public; a group that does not want it any more is sent nothing. */
async function maySee(db: Reader, round: Round, { chat, who, isSent }: Viewer): Promise<boolean> {
  if (chat === undefined) return isConcerned(db, round, who);
  return isSent || (await isGroupOf(db, round, chat));
}

/** The form of an objection: `ref` is the round and the id that the objection will have. */
export const objectionForm = card({
  ref: ObjectionFormRef,
  action: 'self',
  form: forms.objectionForm,
  load: async (db, { round: roundId, id }, viewer) => {
    const round = await findRound(db, roundId);
    if (!round) return undefined;
    if (!(await isConcerned(db, round, viewer.who))) return CLOSED;
    const isSent = (await db.models.starObjection.count({ where: { id } })) > 0;
    const isOpen = round.state === 'noticing' && round.noticeUntil !== null && round.noticeUntil > viewer.now;
    const chosen = (await findPassed(db, roundId)).filter(({ isChosen }) => isChosen);
    return {
      title: round.title,
      isOpen: isOpen && !isSent,
      line: isSent ? '异议已收到，处理后会单独答复您' : isOpen ? '请写明对谁有异议、依据是什么' : '公示已经结束',
      holds: {},
      options: { candidate: chosen.map((one) => ({ value: one.id, text: `${one.name}（${one.post}）` })) },
    };
  },
});

/** An objection, for whoever handles it: the only card that names the objector. */
export const objection = card({
  ref: Id,
  action: 'self',
  form: forms.verdictForm,
  load: async (db, id, viewer) => {
    const found = await db.models.starObjection.findUnique({ where: { id } });
    const about = found && (await findCandidate(db, found.candidacyId));
    const round = about && (await findRound(db, about.roundId));
    if (!found || !about || !round) return undefined;
    const holders = await findOfficeHolders(db, viewer.now);
    if (!reviewersOf(holders, about, [found.objectorId]).includes(viewer.person ?? '')) return CLOSED;
    const isOpen = found.state === 'open' && round.state === 'noticing';
    if (viewer.isUnasked && !isOpen) return undefined;
    const [objector] = await db.sql<{ name: string; unit: string }>`
      SELECT p.name, COALESCE(u.name, '') AS unit FROM person p LEFT JOIN unit u ON u.id = p."unitId" WHERE p.id = ${found.objectorId}`;
    return {
      title: round.title,
      about: `${about.name}（${about.post}）`,
      from: [objector?.name, objector?.unit].filter(Boolean).join(' · '),
      at: formatInstant(found.writtenAt, viewer),
      text: found.text,
      answer: found.answer ?? '',
      holds: {},
      isOpen,
      word: { open: isOpen ? '待处理' : '已失效', upheld: '异议成立', rejected: '不成立' }[found.state] ?? '',
    };
  },
});

/** By the state of the objection; one that is still open when its round ends stays so. */
const OUTCOMES: Record<string, string> = {
  upheld: '异议成立，已取消这位同志的入选',
  rejected: '经核查，异议不成立',
  open: '本轮评选已取消，这份异议不再处理',
};

/** What came of an objection, for the objector. */
export const objectionAnswer = card({
  ref: Id,
  action: 'self',
  load: async (db, id, viewer) => {
    const found = await db.models.starObjection.findUnique({ where: { id } });
    const about = found && (await findCandidate(db, found.candidacyId));
    const round = about && (await findRound(db, about.roundId));
    if (!found || !about || !round) return undefined;
    if (found.objectorId !== viewer.person) return CLOSED;
    if (found.state === 'open' && round.state !== 'cancelled') return undefined;
    return {
      title: round.title,
      about: about.name,
      text: found.text,
      answer: found.answer ?? '',
      reason: found.state === 'open' ? (round.cancelReason ?? '') : '',
      line: OUTCOMES[found.state] ?? '',
    };
  },
});

/** The commendation of a round: its stars, with their numbers on the roll. Praise is not counted. */
export const commendation = card({
  ref: Id,
  action: 'self',
  inGroups: true,
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    if (round?.state !== 'published') return undefined;
    if (!(await maySee(db, round, viewer))) return CLOSED;
    const honours = (await findHonours(db, id, MAX_STARS)).honours.reverse();
    return {
      title: round.title,
      audience: await nameAudience(db, round.audience),
      rest: honours.length > MAX_SHOWN ? `共${honours.length}位，其余请看光荣榜` : '',
      stars: honours.slice(0, MAX_SHOWN).map(({ number, name, unit, post, statement }) => ({
        who: `${[name, unit, post].filter(Boolean).join(' · ')}（第${number}位）`,
        text: cutText(statement, EXCERPT_CHARACTERS),
      })),
    };
  },
});
