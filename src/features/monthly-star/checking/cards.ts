/** The cards of those who judge: the list of candidates, one candidate with all that was said, a question to a nominator. */
import { formatInstant } from '../../../calendar/format.ts';
import { CLOSED, card } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { isActor, partOf } from '../actors.ts';
import { CANDIDATES_PER_PAGE, PagedRef } from '../card-ref.ts';
import { candidateForm, questionForm } from '../forms.ts';
import { sayCriteria } from '../nomination/cards.ts';
import { dueOf } from '../round/plan.ts';
import { findPosts, findRound } from '../round/queries.ts';
import { createFitter, type Panel } from './fit-panels.ts';
import { warnOfPrivateMarks } from './private-marks.ts';
import {
  type Candidate,
  findCandidate,
  findCandidates,
  findChanges,
  findTestimonies,
  type Testimony,
} from './queries.ts';
import { cutText, proposeStatement } from './statement.ts';

const MAX_HISTORY = 3;
const MAX_ANSWERS = 6;
const HISTORY_CHARACTERS = 300;
const DEEDS_CHARACTERS = 2000;
const REASON_CHARACTERS = 200;
/** What is left for texts of a card's 30 KB, at three bytes each: all that one nomination can say, and some of what came later. */
const CARD_CHARACTERS = 5800;

const STATES: Record<string, string> = {
  proposed: '待核实',
  passed: '已通过',
  returned: '已退回',
  withdrawn: '已退出',
};
const OPINIONS: Record<string, string> = { clear: '无异议', concern: '有意见' };

/** Every candidate that the viewer has a part in judging, with where they stand, some to a page: `ref` is the round and the page. */
export const candidates = card({
  ref: PagedRef,
  action: 'self',
  load: async (db, { ref, id, page: asked }, viewer) => {
    const round = await findRound(db, id);
    if (!round || round.state === 'draft') return undefined;
    const all = await findCandidates(db, id);
    const seen: Candidate[] = [];
    for (const candidate of all) if (await partOf(db, round, candidate, viewer)) seen.push(candidate);
    const isOrganiser = await isActor(db, round, viewer.who, 'organiser');
    if (!isOrganiser && seen.length === 0) return CLOSED;
    const open = seen.filter(
      ({ state, opinion, isActive }) =>
        isActive && (round.state === 'checking' ? state === 'proposed' : state === 'passed' && !opinion),
    );
    // When all are decided on, the organiser has yet to press 完成核实.
    const isOpen = open.length > 0 || (round.state === 'checking' && isOrganiser);
    if (viewer.isUnasked && !isOpen) return undefined;
    const page = Math.min(asked, Math.max(0, Math.ceil(seen.length / CANDIDATES_PER_PAGE) - 1));
    const end = (page + 1) * CANDIDATES_PER_PAGE;
    const due = round.state === 'checking' || round.state === 'reviewing' ? dueOf(round, round.state) : null;
    return {
      title: round.title,
      isChecking: round.state === 'checking' && isOrganiser && ref === id,
      isReviewing: round.state === 'reviewing' && open.length > 0,
      due: due ? formatInstant(due, viewer) : '',
      line:
        round.state === 'checking'
          ? `待核实 ${open.length}位（共${seen.length}位）`
          : round.state === 'reviewing'
            ? `待提意见 ${open.length}位（共${seen.length}位）`
            : `候选人 ${seen.length}位`,
      state:
        round.state === 'cancelled'
          ? { is: 'over', word: '已取消' }
          : isOpen
            ? due && due <= viewer.now
              ? { is: 'warning', word: '已到期' }
              : { is: 'open', word: '待办理' }
            : { is: 'done', word: '已办完' },
      // Where not all fit, those to be looked at come first: each that is done makes room.
      items: (seen.length > CANDIDATES_PER_PAGE ? [...open, ...seen.filter((one) => !open.includes(one))] : seen)
        .slice(page * CANDIDATES_PER_PAGE, end)
        .map((one) => ({
          id: `${one.id}:0`,
          name: [one.name, one.unit].filter(Boolean).join(' · '),
          detail: [one.post, wordOf(one), one.opinion && `纪检${OPINIONS[one.opinion]}`].filter(Boolean).join(' · '),
        })),
      more: Math.max(0, seen.length - end),
      next: page + 1,
    };
  },
});

/** One candidate: `ref` is the id with the page, a page for each nomination. */
export const candidate = card({
  ref: PagedRef,
  action: 'self',
  form: candidateForm,
  load: async (db, { id, page: asked }, viewer) => {
    const found = await findCandidate(db, id);
    const round = found && (await findRound(db, found.roundId));
    if (!found || !round) return undefined;
    const part = await partOf(db, round, found, viewer);
    if (!part) return CLOSED;
    const isToCheck = round.state === 'checking' && found.state === 'proposed';
    if (viewer.isUnasked && !isToCheck) return undefined;
    const testimonies = await findTestimonies(db, found);
    const page = Math.min(asked, Math.max(0, testimonies.length - 1));
    const shown = testimonies[page];
    const statement = found.statement ?? proposeStatement(testimonies);
    const fitPanels = createFitter(CARD_CHARACTERS - statement.length - 2 * REASON_CHARACTERS);
    const criteria = fitPanels(shown ? sayCriteria(shown) : []);
    const answers = fitPanels(await readAnswers(db, found.id, part === 'organiser'));
    const deeds = fitPanels(shown ? sayDeeds(shown) : []);
    return {
      title: round.title,
      name: found.name,
      who: [found.name, found.unit].filter(Boolean).join(' · '),
      post: found.post,
      holds: { post: found.postId, statement },
      options: { post: (await findPosts(db, round.id)).map(({ id, name }) => ({ value: id, text: name })) },
      // Who wrote it is for those who may have to ask back.
      nominator: (part === 'organiser' && shown?.nominator) || '',
      nomination: shown?.id ?? '',
      pictures: shown?.pictures ?? 0,
      said: [...criteria, ...deeds],
      page: testimonies.length > 1 ? `第${page + 1}份提名，共${testimonies.length}份` : '',
      next: page + 1 < testimonies.length ? `${found.id}:${page + 1}` : '',
      statement,
      warning: warnOfPrivateMarks(statement),
      reason: cutText(found.reason ?? '', REASON_CHARACTERS),
      opinion: found.opinion
        ? `${OPINIONS[found.opinion] ?? ''}${found.opinionText ? `：${cutText(found.opinionText, REASON_CHARACTERS)}` : ''}`
        : '',
      word: wordOf(found),
      answers,
      history: fitPanels(
        (await findChanges(db, found.id)).slice(0, MAX_HISTORY).map(({ changedAt, by, before }) => ({
          title: `${formatInstant(changedAt, viewer)} ${by}修改前`,
          text: cutText(before, HISTORY_CHARACTERS),
        })),
      ),
      canCheck: part === 'organiser' && round.state === 'checking' && found.state !== 'withdrawn' && found.isActive,
      canReview: part === 'reviewer' && round.state === 'reviewing' && found.state === 'passed' && found.isActive,
    };
  },
});

/** Whoever has left stands no more, even before the next step writes it down. */
function wordOf({ state, isActive }: Candidate): string {
  return STATES[isActive ? state : 'withdrawn'] ?? '';
}

function sayDeeds({ deeds }: Testimony): Panel[] {
  return deeds.length > 0 ? [{ title: '登记过的实事', text: cutText(deeds.join('\n'), DEEDS_CHARACTERS) }] : [];
}

/** What a checker asked back, for the nominator. */
export const question = card({
  ref: Id,
  action: 'self',
  form: questionForm,
  load: async (db, id, viewer) => {
    const found = await db.models.starQuestion.findUnique({ where: { id } });
    if (!found) return undefined;
    if (found.nominatorId !== viewer.person) return CLOSED;
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
      until: isOpen ? formatInstant(round.checkUntil, viewer) : '',
      isOpen,
      holds: {},
      word: found.answer === null ? (isOpen ? '请答复' : '已过时') : '已答复',
    };
  },
});

/** That a nomination was returned, and why, for its nominators; or that it was not to stay so. */
export const returned = card({
  ref: Id,
  action: 'self',
  load: async (db, id, viewer) => {
    const found = await findCandidate(db, id);
    const round = found && (await findRound(db, found.roundId));
    if (!found || !round) return undefined;
    if (!(await findTestimonies(db, found)).some(({ nominatorId }) => nominatorId === viewer.person)) return CLOSED;
    const hasPassed = found.state === 'passed' && viewer.isSent;
    if (!hasPassed && found.state !== 'returned') return undefined;
    return {
      title: round.title,
      line: hasPassed ? `您提名的${found.name}已重新核实通过` : `您提名的${found.name}没有通过核实`,
      state: hasPassed ? { is: 'done', word: '已通过' } : { is: 'over', word: '已退回' },
      reason: found.reason ?? '',
    };
  },
});

async function readAnswers(db: Reader, id: string, isOrganiser: boolean): Promise<Panel[]> {
  if (!isOrganiser) return [];
  const rows = await db.sql<{ question: string; answer: string | null; name: string }>`
    SELECT q.question, q.answer, p.name FROM star_question q JOIN person p ON p.id = q."nominatorId"
    WHERE q."candidacyId" = ${id}::uuid ORDER BY q."askedAt" DESC, q.id LIMIT ${MAX_ANSWERS}`;
  return rows.map(({ question: asked, answer, name }) => ({
    title: `问${name}：${cutText(asked, 20)}`,
    text: cutText(answer ?? '还没有答复', HISTORY_CHARACTERS),
  }));
}
