/** What happens to a nomination: begun, searched for, kept, handed in, taken back. */

import { formatInstant } from '../../../calendar/format.ts';
import { sayMissing } from '../../../cards/form.ts';
import type { Typed } from '../../../feature.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard } from '../../../feature.ts';
import { meansName } from '../../../people/find-people.ts';
import { pickPerson } from '../../../reading/pick/pick-who.ts';
import type { Reading } from '../../../reading/reading.ts';
import { refreshLists } from '../actors.ts';
import { warnOfPrivateMarks } from '../checking/private-marks.ts';
import { proposeCandidate } from '../checking/queries.ts';
import { nominationForm } from '../forms.ts';
import { findRoundsOf, isInRound, type Round } from '../round/queries.ts';
import { CRITERION_KEYS } from '../schema.ts';
import { enterNominating, keepDraft, readDraft, readOwn } from './draft.ts';
import { findNominees } from './find-nominees.ts';
import * as queries from './queries.ts';

/** 提名, or 提名 with a name: the person's draft in each round that is open, with what was typed to look for. */
export async function beginNomination(turn: PersonTurn, typed: Typed): Promise<Reply | undefined> {
  const said = pickNominee(typed.reading);
  if (said.is === 'one' && said.value.id === turn.who.id) return refuse('不能提名自己，可以请同事来提名您。');
  const rest = typed.rest || (said.is === 'one' ? said.value.name : '');
  const rounds = await findRoundsOf(turn.db, turn.who.id, ['nominating']);
  const open = rounds.filter(({ nominateUntil }) => nominateUntil > turn.now);
  if (open.length === 0)
    return { toast: '现在没有开放的提名。发送“每月一星”可以看到进展，好的事迹可以先发送“登记实事”记下来。' };
  for (const round of open) await giveForm(turn, round, rest.slice(0, 60));
  return undefined;
}

/** 被推荐人：范鹤鸣 … 推荐人：魏维清: whoever is named as the one, of several persons. */
function pickNominee(reading: Reading): ReturnType<typeof pickPerson> {
  const named = reading
    .of('person')
    .filter(({ start }) =>
      /(?:被推荐人?|被提名人?|推荐对象|提名对象|人选)\s*[:是为]?\s*$/u.test(reading.plain.text.slice(0, start)),
    );
  const [one] = named;
  const id = one?.ids.length === 1 && !one.isGuess ? one.ids[0] : undefined;
  return one && id && named.length === 1
    ? { is: 'one', value: { id, name: one.name }, used: [one] }
    : pickPerson(reading);
}

/** 提名 on the card of a round: in this round, also where another one is open at the same time. */
export async function pressNomination(turn: PressTurn): Promise<Reply> {
  const round = await enterNominating(turn, turn.pressed.ref);
  if (!(await isInRound(turn.db, round, turn.who.id)))
    return { toast: '您不在本轮的范围内，不能提名。', kind: 'warning' };
  await giveForm(turn, round, '');
  return { toast: '请在新卡片上填写提名。' };
}

/** What the person handed in last, to take back, and the draft. What was written for one nominee is not taken over for another. */
async function giveForm(turn: PersonTurn, round: Round, sought: string): Promise<void> {
  const matches = sought === '' ? undefined : await findNominees(turn.db, round, sought, turn.who.id);
  const meant = matches?.map(({ id }) => id);
  const nomination = await queries.openNomination(turn.db, round.id, turn.who.id, turn.now, meant);
  if (meant) {
    const nomineeId = nomination.nomineeId ?? (meant.length === 1 ? (meant[0] ?? null) : null);
    // Handed in meanwhile on another phone: another one is begun.
    if (!(await queries.saveDraft(turn.db, nomination.id, { ...nomination, sought, nomineeId }, turn.now)))
      return giveForm(turn, round, sought);
  }
  const submitted = await queries.findSubmitted(turn.db, round.id, turn.who.id);
  for (const { id } of submitted.slice(0, 3)) await sendCard(turn, 'nomination', id);
  await sendCard(turn, 'nomination', nomination.id);
}

/** 查找 and 暂存: whatever stands in the form is kept, and the search is done anew. */
export async function keepNomination(turn: PressTurn): Promise<Reply> {
  const { nomination, round } = await readDraft(turn);
  const { sought, nomineeId } = await keepDraft(turn, nomination, round);
  if (nomineeId) return { toast: '已暂存，可以随时发送“提名”接着写。', kind: 'success' };
  const matches = sought === '' ? [] : await findNominees(turn.db, round, sought, turn.who.id);
  if (sought === '') return { toast: '已暂存。填上姓名、拼音或首字母，再按“查找”。' };
  if (matches.length === 0) return { toast: await explainNobody(turn, sought), kind: 'warning' };
  return { toast: '已暂存，请在“提名对象”里选一位。' };
}

/** 提交提名: complete and within its time, it counts; the same nominee from several people is one candidacy. */
export async function submitNomination(turn: PressTurn): Promise<Reply> {
  const { nomination, round } = await readDraft(turn);
  const draft = await keepDraft(turn, nomination, round);
  const missing = [
    ...nominationForm.missing({ nominee: draft.nomineeId, post: draft.postId }),
    ...(CRITERION_KEYS.every((key) => draft[key] === '') ? ['至少一个方面的事迹'] : []),
  ];
  if (!draft.nomineeId || !draft.postId || missing.length > 0)
    return { toast: `已暂存，${sayMissing(missing)}`, kind: 'warning' };
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
  const { nomination, round } = await readOwn(turn);
  if (!(await queries.withdrawNomination(turn.db, nomination, turn.now)))
    return { toast: '这份提名已经撤回，不用再按。' };
  await refreshLists(turn, round.id);
  return { toast: '已撤回。', kind: 'success' };
}

async function explainNobody(turn: PressTurn, sought: string): Promise<string> {
  if (meansName(turn.who.name, sought)) return '不能提名自己。请换一位同志再查找。';
  return '本轮范围内没有找到这个人，请核对姓名或拼音后再查找。其他内容已暂存。';
}
