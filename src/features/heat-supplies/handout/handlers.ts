/** What happens to hand-outs apart from what happens to everything that is published: written from a sentence, looked at, reconciled. */
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Turn, type Typed } from '../../../feature.ts';
import { scopeOf } from '../../../people/audience/audience-reach.ts';
import { publication } from '../../../publication/index.ts';
import { find } from '../../../publication/queries.ts';
import * as claims from '../claim/queries.ts';
import { releasePromises } from '../claim/settle.ts';
import { EMPTY } from '../rules.ts';
import { handout } from './publication.ts';

export const handouts = publication(handout);

/** So many promises are taken back in one transaction: each holds its stock rows until the end. */
const RELEASES_PER_ROUND = 100;

/** 发放防暑物资, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export async function draftHandout(turn: PersonTurn, typed: Typed): Promise<undefined> {
  await handouts.draftFrom(turn, typed, EMPTY);
}

/** One round after the end: the next promises go back into stock; after the last of them the issuer gets the reconciliation. */
export async function releaseRound(
  turn: Turn,
  { handout: id, after }: { handout: string; after: string },
): Promise<void> {
  const people = await claims.findReservedAfter(turn.db, id, after, RELEASES_PER_ROUND);
  await releasePromises(turn, id, people);
  const last = people.at(-1);
  if (last !== undefined) return turn.later('release', { handout: id, after: last });
  const ended = await find(handout, turn.db, id);
  if (!ended?.issuedById || ended.state === 'recalled') return;
  const to = { person: ended.issuedById };
  await turn.deliver({ key: `reconciliation:${id}`, to, card: 'progress', ref: id, push: 'work' });
}

/** From the weekly digest: the progress of one hand-out, to whoever may watch it. */
export async function openProgress(turn: PressTurn, { handout: id }: { handout: string }): Promise<Reply> {
  const found = await find(handout, turn.db, id);
  if (!found?.audience || !turn.may('supplies.watch', await scopeOf(turn.db, found.audience)))
    return { toast: '您不能查看这次发放的进度，请联系发放人。', kind: 'warning' };
  await sendCard(turn, 'progress', id);
  return { toast: '领取进度已发给您。' };
}
