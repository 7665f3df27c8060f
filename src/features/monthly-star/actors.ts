/** Who acts in a round: organisers, reviewers (discipline officers) and the leader. The permission table decides; nobody judges their own case. */
import { AppError, Outdated } from '../../basics/errors.ts';
import type { PersonTurn, Turn } from '../../feature.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { CANDIDATES_PER_PAGE, listRef } from './card-ref.ts';
import { type Candidate, findCandidates, findPassed, findProposed } from './checking/queries.ts';
import { findOfficeHolders, holdRound, isInRound, type Round, scopeOfRound } from './round/queries.ts';
import { type Actor, nextState, type RoundAction, type State } from './rules.ts';

/** Who may organise the round: whoever confirmed it, or everybody who may where nobody has or that person no longer does. */
export async function organisersOf(db: Reader, round: Round, now: Date): Promise<string[]> {
  const able = await ableToOrganise(db, round, now);
  return round.openedById !== null && able.includes(round.openedById) ? [round.openedById] : able;
}

/** Who checks the deeds: the organisers, and everybody who may where one of them is a candidate, since nobody checks themselves. */
async function checkersOf(db: Reader, round: Round, now: Date): Promise<string[]> {
  const own = await organisersOf(db, round, now);
  const open = await findProposed(db, round.id);
  return open.some(({ nomineeId }) => own.includes(nomineeId)) ? ableToOrganise(db, round, now) : own;
}

async function ableToOrganise(db: Reader, round: Round, now: Date): Promise<string[]> {
  const scope = await scopeOfRound(db, round);
  return (await findOfficeHolders(db, now)).filter((person) => may(person, 'star.organise', scope)).map(({ id }) => id);
}

/**
 * Who gives the opinion on a nominee and answers objections to one: the 纪检委员 of the nominee's branch; the political office where
 * there is none. Never the nominee, nor anybody of `except`.
 */
export function reviewersOf(holders: Person[], nominee: Nominee, except: string[] = []): string[] {
  const scope = { branchId: nominee.branchId };
  const able = holders.filter(
    (person) => person.id !== nominee.nomineeId && !except.includes(person.id) && may(person, 'star.review', scope),
  );
  const own = able.filter(({ roles }) =>
    roles.some((role) => role.name === 'discipline-commissioner' && role.scopeId === nominee.branchId),
  );
  return (own.length > 0 ? own : able).map(({ id }) => id);
}
type Nominee = Pick<Candidate, 'nomineeId' | 'branchId'>;

/** The leaders nearest to the round who do not stand in it. */
export async function leadersOf(db: Reader, round: Round, now: Date): Promise<string[]> {
  const scope = await scopeOfRound(db, round);
  const standing = await findStanding(db, round);
  const able = (await findOfficeHolders(db, now)).filter(
    (person) => !standing.has(person.id) && may(person, 'star.decide', scope),
  );
  for (const unit of scope.unitIds) {
    const near = able.filter(({ roles }) => roles.some((role) => role.name === 'leader' && role.scopeId === unit));
    if (near.length > 0) return near.map(({ id }) => id);
  }
  return able.map(({ id }) => id);
}

/** Who may still become a star; whoever was returned or withdrew may decide, else a nomination alone would lock the only leader out. */
async function findStanding(db: Reader, round: Round): Promise<Set<string>> {
  const standing = (await findCandidates(db, round.id)).filter(
    ({ state }) => state === 'proposed' || state === 'passed',
  );
  return new Set(standing.map(({ nomineeId }) => nomineeId));
}

/** Whose turn it is: the people who are told that a step has begun, and reminded when it is late. */
export async function actorsOf(db: Reader, round: Round, now: Date): Promise<string[]> {
  if (round.state === 'deciding') return leadersOf(db, round, now);
  if (round.state === 'checking') return checkersOf(db, round, now);
  if (round.state === 'reviewing') {
    const holders = await findOfficeHolders(db, now);
    const open = (await findPassed(db, round.id)).filter(({ opinion }) => !opinion);
    return [...new Set(open.flatMap((candidate) => reviewersOf(holders, candidate)))];
  }
  const isOver = round.state === 'published' || round.state === 'cancelled';
  return isOver ? [] : organisersOf(db, round, now);
}

/** Why nobody can do the step that runs, in words that tell the organisers what to do; undefined when somebody can. */
export async function findObstacle(db: Reader, round: Round, now: Date): Promise<string | undefined> {
  if (round.state === 'nominating' && round.nominateUntil <= now && (await findProposed(db, round.id)).length === 0)
    return '还没有人提名，请调整时间，或者取消本轮';
  const needsCandidates = round.state === 'reviewing' || round.state === 'voting' || round.state === 'deciding';
  if (needsCandidates && (await findPassed(db, round.id)).length === 0) return '候选人都已退出，请写明原因取消本轮';
  if (round.state === 'deciding' && (await leadersOf(db, round, now)).length === 0)
    return '没有能确定人选的领导（候选人不能确定），请联系管理员，或写明原因取消本轮';
  return undefined;
}

/** Whether a person may act as organiser or leader of a round; reviewers are asked for each nominee. */
export async function isActor(
  db: Reader,
  round: Round,
  person: Person | undefined,
  actor: 'organiser' | 'leader',
): Promise<boolean> {
  if (!person) return false;
  const scope = await scopeOfRound(db, round);
  if (actor === 'organiser') return may(person, 'star.organise', scope);
  return may(person, 'star.decide', scope) && !(await findStanding(db, round)).has(person.id);
}

/** As what somebody sees a candidacy: an organiser, its reviewer, the leader; undefined for everybody else, the nominee included. */
export async function partOf(
  db: Reader,
  round: Round,
  candidate: Candidate,
  { who, now }: { who?: Person; now: Date },
): Promise<'organiser' | 'reviewer' | 'leader' | undefined> {
  if (!who || who.id === candidate.nomineeId) return undefined;
  const isReviewer = reviewersOf(await findOfficeHolders(db, now), candidate).includes(who.id);
  if (isReviewer && round.state === 'reviewing') return 'reviewer';
  if (await isActor(db, round, who, 'organiser')) return 'organiser';
  if (isReviewer) return 'reviewer';
  return (await isActor(db, round, who, 'leader')) ? 'leader' : undefined;
}

/** Whether a round is anything to this person: they serve where it is held, or have an office there. */
export async function isConcerned(db: Reader, round: Round, who: Person | undefined): Promise<boolean> {
  if (!who) return false;
  if (await isInRound(db, round, who.id)) return true;
  const scope = await scopeOfRound(db, round);
  return (['star.organise', 'star.review', 'star.decide'] as const).some((action) => may(who, action, scope));
}

/**
 * The round, held, in a state in which this person may do `action`, and where it leads. Throws the sentence that says why not. One
 * that may move is held for moving from the start, so that two who press at once come one after the other.
 */
export async function enterRound(
  turn: PersonTurn,
  id: string,
  action: RoundAction,
  actor: 'organiser' | 'leader' | 'member',
  purpose: 'reading' | 'moving' = 'moving',
): Promise<{ round: Round; to: State }> {
  const round = await holdRound(turn.db, id, purpose);
  if (!round) throw new Outdated('这一轮每月一星已经不在了。发送“每月一星”可以看到现在的进展。');
  if (actor !== 'member' && !(await isActor(turn.db, round, turn.who, actor)))
    throw new AppError(
      'not an actor of the round',
      '您不负责这一步，没有改动任何内容。发送“每月一星”可以看到由谁办理。',
    );
  return { round, to: allow(round, action, actor) };
}

/** Where an action leads; throws in words when the table does not have it. */
export function allow(round: Round, action: RoundAction, actor: Actor): State {
  const to = nextState(round.state, action, actor, round.voteUntil !== null);
  if (to) return to;
  throw new Outdated(
    `${round.title}现在是“${STATE_WORDS[round.state]}”，这一步已经不能办了。发送“每月一星”可以看到进展。`,
  );
}

/** The states as people see them. */
export const STATE_WORDS: Record<State, string> = {
  draft: '待确认',
  nominating: '提名',
  checking: '事迹核实',
  reviewing: '纪检意见',
  voting: '参考投票',
  deciding: '集体研究',
  noticing: '公示',
  published: '已发布',
  cancelled: '已取消',
};

/**
 * Everything that shows the round is rendered anew: for a step or a date, not for each nomination, since everybody has the card. What was
 * handed in says until when it can be taken back; a form in which somebody may be writing is left alone.
 */
export async function refreshRound(turn: Turn, id: string): Promise<void> {
  const handedIn = await turn.db.models.starNomination.findMany({
    where: { roundId: id, state: 'submitted' },
    select: { id: true },
  });
  await turn.refresh({ card: 'round', ref: id }, ...handedIn.map((one) => ({ card: 'nomination', ref: one.id })));
  await refreshLists(turn, id);
}

/** The cards of those who judge are rendered anew, each page of the list. */
export async function refreshLists(turn: Turn, id: string): Promise<void> {
  const count = await turn.db.models.starCandidacy.count({ where: { roundId: id } });
  const further = Array.from({ length: Math.floor(count / CANDIDATES_PER_PAGE) }, (_, at) => at + 1);
  const lists = [0, ...further].map((page) => ({ card: 'candidates', ref: listRef(id, page) }));
  await turn.refresh(...lists, { card: 'decision', ref: id });
}
