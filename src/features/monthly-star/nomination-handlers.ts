/** What happens to a nomination: begun, searched for, kept, handed in, taken back. */
import { formatInstant } from '../../calendar/format.ts';
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { enterRound, OutdatedRound, refreshLists } from './actors.ts';
import { proposeCandidate } from './candidate-queries.ts';
import { findOwnDeeds, holdDeeds } from './deed-queries.ts';
import * as queries from './nomination-queries.ts';
import { meansName, searchNominees } from './nominee-search.ts';
import { warnOfPrivateMarks } from './private-marks.ts';
import { findPosts, findRoundsOf, isInRound, type Round } from './round-queries.ts';
import { CRITERIA, type Criterion, MAX_TEXT_CHARACTERS, NominationForm } from './schema.ts';

const CRITERION_KEYS = Object.keys(CRITERIA) as Criterion[];

/** 提名, or 提名 with a name: the person's draft in the round that is open, with what was typed to look for. */
export async function beginNomination(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply | undefined> {
  const [round] = await findRoundsOf(turn.db, turn.who.id, ['nominating']);
  if (!round || round.nominateUntil <= turn.now)
    return { toast: '现在没有开放的提名。发送“每月一星”可以看到进展，好的事迹可以先发送“登记实事”记下来。' };
  const nomination = await queries.openNomination(turn.db, round.id, turn.who.id, turn.now);
  if (rest !== '') {
    const sought = rest.slice(0, 60);
    const matches = await searchNominees(turn.db, round, sought, turn.who.id);
    const [only] = matches;
    const nomineeId = matches.length === 1 && only ? only.id : null;
    await queries.saveDraft(turn.db, nomination.id, { ...nomination, sought, nomineeId, deedIds: [] }, turn.now);
  }
  const submitted = await queries.findSubmitted(turn.db, round.id, turn.who.id);
  for (const { id } of submitted.slice(0, 3)) await give(turn, id);
  await give(turn, nomination.id);
  return undefined;
}

/** The same from the card of the round. */
export async function pressNomination(turn: PressTurn): Promise<Reply> {
  const said = await beginNomination(turn, { rest: '' });
  return said ?? { toast: '请在新卡片上填写提名。' };
}

/** 查找 and 暂存: whatever stands in the form is kept, and the search is done anew. */
export async function keepNomination(turn: PressTurn): Promise<Reply> {
  const { nomination, round } = await readDraft(turn);
  const form = NominationForm.parse(turn.form);
  const kept = await keep(turn, nomination, round, form);
  if ('refusal' in kept) return kept.refusal;
  const { sought, nomineeId } = kept.draft;
  if (nomineeId) return { toast: '已暂存，可以随时发送“提名”接着写。', kind: 'success' };
  const matches = sought === '' ? [] : await searchNominees(turn.db, round, sought, turn.who.id);
  if (sought === '') return { toast: '已暂存。填上姓名、拼音或首字母，再按“查找”。' };
  if (matches.length === 0) return { toast: await explainNobody(turn, sought), kind: 'warning' };
  return { toast: '已暂存，请在“提名对象”里选一位。' };
}

/** 提交提名: complete and within its time, it counts; the same nominee from several people is one candidacy. */
export async function submitNomination(turn: PressTurn): Promise<Reply> {
  const { nomination, round } = await readDraft(turn);
  const form = NominationForm.parse(turn.form);
  const kept = await keep(turn, nomination, round, form);
  if ('refusal' in kept) return kept.refusal;
  const { draft } = kept;
  if (!draft.nomineeId || !draft.postId || CRITERION_KEYS.every((key) => draft[key] === '')) {
    const missing = [
      ...(draft.nomineeId ? [] : ['提名对象']),
      ...(draft.postId ? [] : ['岗位']),
      ...(CRITERION_KEYS.every((key) => draft[key] === '') ? ['至少一个方面的事迹'] : []),
    ];
    return { toast: `已暂存，还差：${missing.join('、')}。请补上后再提交。`, kind: 'warning' };
  }
  if (!(await queries.submitDraft(turn.db, nomination.id, turn.now)))
    return { toast: '您已经提名过这位同志。要改写的话请先撤回原来的提名。', kind: 'warning' };
  await proposeCandidate(turn.db, round.id, draft.nomineeId, draft.postId);
  await refreshLists(turn, round.id);
  const warning = CRITERION_KEYS.map((key) => warnOfPrivateMarks(draft[key])).find((text) => text !== '');
  return {
    toast: `已提交。${warning ? `${warning}，可以撤回后重写。` : `${formatInstant(round.nominateUntil, turn)}前可以撤回。`}`,
    kind: 'success',
  };
}

/** 撤回: as long as nominations are open. */
export async function withdraw(turn: PressTurn): Promise<Reply> {
  const nomination = await readOwn(turn);
  const { round } = await enterRound(turn, nomination.roundId, 'nominate', 'member', 'reading');
  refuseLate(round, turn.now);
  if (!(await queries.withdrawNomination(turn.db, nomination, turn.now)))
    return { toast: '这份提名已经撤回，不用再按。' };
  await refreshLists(turn, round.id);
  return { toast: '已撤回。', kind: 'success' };
}

type Kept = { draft: queries.NominationDraft } | { refusal: Reply };

/** Keeps what the form says, or says why nothing of it can be kept. */
async function keep(
  turn: PressTurn,
  nomination: queries.Nomination,
  round: Round,
  form: NominationForm,
): Promise<Kept> {
  const refuse = (toast: string): Kept => ({ refusal: { toast, kind: 'warning', keepForm: true } });
  const long = CRITERION_KEYS.find((key) => form[key].length > MAX_TEXT_CHARACTERS);
  if (long)
    return refuse(`“${CRITERIA[long]}”最多${MAX_TEXT_CHARACTERS}字，现在有${form[long].length}字，请缩短后再提交。`);
  const sought = form.sought.slice(0, 60);
  const nomineeId = await readNominee(turn, nomination, round, sought, form.nominee);
  if (nomineeId === turn.who.id) return refuse('不能提名自己。请选择另一位同志，也可以请同事提名您。');
  if (nomineeId && !(await isInRound(turn.db, round, nomineeId)))
    return refuse('这位同志不在本轮的范围内，请重新查找。');
  if (!(await isInRound(turn.db, round, turn.who.id))) return refuse('您不在本轮的范围内，不能提名。');
  const posts = await findPosts(turn.db, round.id);
  const offered = nomineeId ? await findOwnDeeds(turn.db, nomineeId, turn.now) : [];
  const draft = {
    sought,
    nomineeId,
    postId: posts.find(({ id }) => id === form.post)?.id ?? null,
    firm: form.firm,
    skilled: form.skilled,
    conduct: form.conduct,
    recognised: form.recognised,
    deedIds: await holdDeeds(
      turn.db,
      form.deeds.filter((id) => offered.some((deed) => deed.id === id)),
    ),
  };
  if (!(await queries.saveDraft(turn.db, nomination.id, draft, turn.now)))
    return refuse('这份提名已经提交，不用再按。');
  return { draft };
}

/** The one that was chosen; a new search forgets an old choice, and a search that finds one person has chosen. */
async function readNominee(
  turn: PressTurn,
  nomination: queries.Nomination,
  round: Round,
  sought: string,
  chosen: string | undefined,
): Promise<string | null> {
  const isNewSearch = sought !== nomination.sought;
  if (chosen && (!isNewSearch || chosen !== nomination.nomineeId)) return chosen;
  if (!isNewSearch || sought === '') return chosen ?? nomination.nomineeId;
  const matches = await searchNominees(turn.db, round, sought, turn.who.id);
  return matches.length === 1 ? (matches[0]?.id ?? null) : null;
}

async function explainNobody(turn: PressTurn, sought: string): Promise<string> {
  if (meansName(turn.who.name, sought)) return '不能提名自己。请换一位同志再查找。';
  return '本轮范围内没有找到这个人，请核对姓名或拼音后再查找。其他内容已暂存。';
}

async function readDraft(turn: PressTurn): Promise<{ nomination: queries.Nomination; round: Round }> {
  const nomination = await readOwn(turn);
  const { round } = await enterRound(turn, nomination.roundId, 'nominate', 'member', 'reading');
  refuseLate(round, turn.now);
  if (nomination.state === 'submitted') throw new OutdatedRound('这份提名已经提交，不用再按。');
  if (nomination.state !== 'draft') throw new OutdatedRound('这份提名已经撤回。发送“提名”可以重新写一份。');
  return { nomination, round };
}

async function readOwn(turn: PressTurn): Promise<queries.Nomination> {
  const nomination = await queries.findNomination(turn.db, turn.pressed.ref);
  if (nomination?.nominatorId === turn.who.id) return nomination;
  throw new OutdatedRound('没有找到您的这份提名。发送“提名”可以重新写一份。');
}

/** By the server's clock, even if the timer has not fired yet. */
function refuseLate(round: Round, now: Date): void {
  if (round.nominateUntil <= now)
    throw new OutdatedRound('提名已经截止，没有改动任何内容。发送“每月一星”可以看到进展。');
}

async function give(turn: PersonTurn, id: string): Promise<void> {
  await turn.deliver({
    key: `nomination:${id}:${turn.eventId}`,
    to: { person: turn.who.id },
    card: 'nomination',
    ref: id,
    push: 'answer',
  });
}
