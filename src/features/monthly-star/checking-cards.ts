/** The cards of those who judge: the list of candidates, one candidate with all that was said, a question to a nominator. */
import { formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import type { Reader } from '../../storage/database.ts';
import { isActor, partOf } from './actors.ts';
import {
  type Candidate,
  findCandidate,
  findCandidates,
  findChanges,
  findTestimonies,
  type Testimony,
} from './candidate-queries.ts';
import { idOf } from './card-ref.ts';
import { sayCriteria } from './nomination-cards.ts';
import { warnOfPrivateMarks } from './private-marks.ts';
import { findPosts, findRound } from './round-queries.ts';
import { cutText, proposeStatement } from './statement.ts';

/** More would not fit on one card. */
const MAX_LISTED = 40;
const MAX_HISTORY = 3;
const MAX_ANSWERS = 6;
const HISTORY_CHARACTERS = 300;
const DEEDS_CHARACTERS = 2000;

const STATES: Record<string, string> = {
  proposed: '待核实',
  passed: '已通过',
  returned: '已退回',
  withdrawn: '已退出',
};
const OPINIONS: Record<string, string> = { clear: '无异议', concern: '有意见' };

/** Every candidate that the viewer has a part in judging, with where they stand. */
export const candidates: Card = {
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    if (!round || round.state === 'draft') return undefined;
    const all = await findCandidates(db, id);
    const seen: Candidate[] = [];
    for (const candidate of all) if (await partOf(db, round, candidate, viewer)) seen.push(candidate);
    const person = await findPerson(db, viewer.person ?? '', viewer.now);
    const isOrganiser = await isActor(db, round, person, 'organiser');
    if (!isOrganiser && seen.length === 0) return undefined;
    const open = seen.filter(({ state, opinion }) =>
      round.state === 'checking' ? state === 'proposed' : state === 'passed' && !opinion,
    );
    return {
      title: round.title,
      isChecking: round.state === 'checking' && isOrganiser,
      isReviewing: round.state === 'reviewing',
      line:
        round.state === 'checking'
          ? `待核实 ${open.length}位（共${seen.length}位）`
          : round.state === 'reviewing'
            ? `待提意见 ${open.length}位（共${seen.length}位）`
            : `候选人 ${seen.length}位`,
      state:
        round.state === 'cancelled'
          ? { is: 'over', word: '已取消' }
          : open.length > 0
            ? { is: 'open', word: '待办理' }
            : { is: 'done', word: '已办完' },
      items: seen.slice(0, MAX_LISTED).map((one) => ({
        id: `${one.id}:0`,
        name: [one.name, one.unit].filter(Boolean).join(' · '),
        detail: [one.post, STATES[one.state], one.opinion && `纪检${OPINIONS[one.opinion]}`]
          .filter(Boolean)
          .join(' · '),
      })),
      more: Math.max(0, seen.length - MAX_LISTED),
    };
  },
};

/** One candidate: `ref` is the id with the page, a page for each nomination. */
export const candidate: Card = {
  load: async (db, ref, viewer) => {
    const found = await findCandidate(db, idOf(ref));
    const round = found && (await findRound(db, found.roundId));
    const part = round && (await partOf(db, round, found, viewer));
    if (!found || !round || !part) return undefined;
    const testimonies = await findTestimonies(db, found);
    const page = Math.min(Number(ref.split(':')[1] ?? 0), Math.max(0, testimonies.length - 1));
    const statement = found.statement ?? proposeStatement(testimonies);
    return {
      title: round.title,
      name: found.name,
      who: [found.name, found.unit].filter(Boolean).join(' · '),
      post: found.post,
      postId: found.postId,
      posts: (await findPosts(db, round.id)).map(({ id, name }) => ({ value: id, text: name })),
      ...describeTestimony(testimonies[page], part === 'organiser'),
      page: testimonies.length > 1 ? `第${page + 1}份提名，共${testimonies.length}份` : '',
      next: page + 1 < testimonies.length ? `${found.id}:${page + 1}` : '',
      statement,
      warning: warnOfPrivateMarks(statement),
      reason: found.reason ?? '',
      opinion: found.opinion
        ? `${OPINIONS[found.opinion] ?? ''}${found.opinionText ? `：${found.opinionText}` : ''}`
        : '',
      word: STATES[found.state] ?? '',
      answers: await readAnswers(db, found.id, part === 'organiser'),
      history: (await findChanges(db, found.id)).slice(0, MAX_HISTORY).map(({ changedAt, by, before }) => ({
        title: `${formatInstant(changedAt, viewer)} ${by}修改前`,
        text: cutText(before, HISTORY_CHARACTERS),
      })),
      canCheck: part === 'organiser' && round.state === 'checking' && found.state !== 'withdrawn',
      canReview: part === 'reviewer' && round.state === 'reviewing' && found.state === 'passed',
    };
  },
};

/** What one nomination says. Who wrote it is for those who may have to ask back. */
function describeTestimony(shown: Testimony | undefined, isOrganiser: boolean): CardVariables {
  if (!shown) return { nominator: '', nomination: '', pictures: 0, said: [] };
  const deeds = { title: '登记过的实事', text: cutText(shown.deeds.join('\n'), DEEDS_CHARACTERS) };
  return {
    nominator: isOrganiser ? shown.nominator : '',
    nomination: shown.id,
    pictures: shown.pictures,
    said: [...sayCriteria(shown), ...(shown.deeds.length > 0 ? [deeds] : [])],
  };
}

/** What a checker asked back, for the nominator. */
export const question: Card = {
  load: async (db, id, viewer) => {
    const found = await db.models.starQuestion.findUnique({ where: { id } });
    if (!found || found.nominatorId !== viewer.person) return undefined;
    const about = await findCandidate(db, found.candidacyId);
    const round = about && (await findRound(db, about.roundId));
    if (!about || !round) return undefined;
    const isOpen = found.answer === null && round.state === 'checking';
    if (!isOpen && !viewer.isSent) return undefined;
    return {
      title: round.title,
      name: about.name,
      question: found.question,
      answer: found.answer ?? '',
      isOpen,
      word: found.answer === null ? (isOpen ? '请答复' : '已过时') : '已答复',
    };
  },
};

/** That a nomination was returned, and why, for its nominators. */
export const returned: Card = {
  load: async (db, id) => {
    const found = await findCandidate(db, id);
    const round = found && (await findRound(db, found.roundId));
    if (found?.state !== 'returned' || !round) return undefined;
    return { title: round.title, name: found.name, reason: found.reason ?? '' };
  },
};

async function readAnswers(db: Reader, id: string, isOrganiser: boolean): Promise<{ title: string; text: string }[]> {
  if (!isOrganiser) return [];
  const rows = await db.sql<{ question: string; answer: string | null; name: string }>`
    SELECT q.question, q.answer, p.name FROM star_question q JOIN person p ON p.id = q."nominatorId"
    WHERE q."candidacyId" = ${id}::uuid ORDER BY q."askedAt" DESC, q.id LIMIT ${MAX_ANSWERS}`;
  return rows.map(({ question: asked, answer, name }) => ({
    title: `问${name}：${cutText(asked, 20)}`,
    text: cutText(answer ?? '还没有答复', HISTORY_CHARACTERS),
  }));
}
