/** The draft of a nomination: what stands in its form is kept, complete or not, or refused in words. */
import { Outdated } from '../../../basics/errors.ts';
import { FormRefusal } from '../../../cards/form.ts';
import type { PersonTurn, PressTurn } from '../../../feature.ts';
import { enterRound } from '../actors.ts';
import { findOwnDeeds, holdDeeds } from '../deeds/queries.ts';
import { nominationForm } from '../forms.ts';
import { findPosts, isInRound, type Round } from '../round/queries.ts';
import { findNominees } from './find-nominees.ts';
import * as queries from './queries.ts';

/** Keeps what the form says and gives it. Throws the sentence that says why nothing of it can be kept. */
export async function keepDraft(
  turn: PressTurn,
  nomination: queries.Nomination,
  round: Round,
): Promise<queries.NominationDraft> {
  const { nominee, post, deeds = [], ...form } = nominationForm.readSoFar(turn.form);
  const { sought = '', firm = '', skilled = '', conduct = '', recognised = '' } = form;
  const nomineeId = await readNominee(turn, nomination, round, sought, nominee);
  if (nomineeId === turn.who.id) throw new FormRefusal('不能提名自己。请选择另一位同志，也可以请同事提名您。');
  if (nomineeId && !(await isInRound(turn.db, round, nomineeId)))
    throw new FormRefusal('这位同志不在本轮的范围内，请重新查找。');
  if (!(await isInRound(turn.db, round, turn.who.id))) throw new FormRefusal('您不在本轮的范围内，不能提名。');
  const posts = await findPosts(turn.db, round.id);
  const offered = nomineeId ? await findOwnDeeds(turn.db, nomineeId, turn.now) : [];
  const draft = {
    ...{ sought, nomineeId, firm, skilled, conduct, recognised },
    postId: posts.find(({ id }) => id === post)?.id ?? null,
    deedIds: await holdDeeds(
      turn.db,
      deeds.filter((id) => offered.some((deed) => deed.id === id)),
    ),
  };
  if (!(await queries.saveDraft(turn.db, nomination.id, draft, turn.now)))
    throw new FormRefusal('这份提名已经提交，不用再按。');
  return draft;
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
  const matches = await findNominees(turn.db, round, sought, turn.who.id);
  return matches.length === 1 ? (matches[0]?.id ?? null) : null;
}

/** The person's draft on the pressed card, while it can be written. Throws the sentence that says why not. */
export async function readDraft(turn: PressTurn): Promise<{ nomination: queries.Nomination; round: Round }> {
  const { nomination, round } = await readOwn(turn);
  if (nomination.state === 'submitted') throw new Outdated('这份提名已经提交，不用再按。');
  if (nomination.state !== 'draft') throw new Outdated('这份提名已经撤回。发送“提名”可以重新写一份。');
  return { nomination, round };
}

/** The person's nomination on the pressed card, while nominations are open. Throws the sentence that says why not. */
export async function readOwn(turn: PressTurn): Promise<{ nomination: queries.Nomination; round: Round }> {
  const nomination = await queries.findNomination(turn.db, turn.pressed.ref);
  if (nomination?.nominatorId !== turn.who.id) throw new Outdated('没有找到您的这份提名。发送“提名”可以重新写一份。');
  return { nomination, round: await enterNominating(turn, nomination.roundId) };
}

/** The round, held, while nominations are open by the server's clock, even if the timer has not fired yet. Throws in words. */
export async function enterNominating(turn: PersonTurn, id: string): Promise<Round> {
  const { round } = await enterRound(turn, id, 'nominate', 'member', 'reading');
  if (round.nominateUntil > turn.now) return round;
  throw new Outdated('提名已经截止，没有改动任何内容。发送“每月一星”可以看到进展。');
}
