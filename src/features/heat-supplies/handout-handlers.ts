/** What happens to a running hand-out as a whole: watched, reminded, ended, withdrawn, reconciled. */
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Turn } from '../../feature.ts';
import { scopeOf } from '../../people/audience.ts';
import * as claims from './claim-queries.ts';
import { OutdatedHandout } from './draft-handlers.ts';
import * as queries from './handout-queries.ts';
import { nudge } from './rounds.ts';
import { releasePromises } from './settle.ts';

/** So many promises are taken back in one transaction: each holds its stock rows until the end. */
const RELEASES_PER_ROUND = 100;
const MAX_CARDS = 5;

/** 提醒未领取: whoever has yet to collect gets the card again, at most once a day each. */
export async function nudgeOpen(turn: PressTurn): Promise<Reply> {
  return nudge(turn, (await readManaged(turn)).id);
}

/** 查看未领取: the names, to the person who asked and nobody else. */
export async function listUnclaimed(turn: PressTurn): Promise<Reply> {
  const row = await readManaged(turn);
  await sendCard(turn, 'unclaimed', row.id);
  return { toast: '名单已单独发给您，请勿转发到群里。' };
}

/** 结束并对账, before the time. */
export async function closeNow(turn: PressTurn): Promise<Reply> {
  const row = await readManaged(turn);
  await end(turn, row.id, 'closed');
  return { toast: '已结束，没领的预留退回库存，对账结果会显示在卡片上。', kind: 'success' };
}

/** 撤回: what was collected stays collected, everything else is over, and promises go back into stock. */
export async function withdrawHandout(turn: PressTurn): Promise<Reply> {
  const row = await readManaged(turn);
  await end(turn, row.id, 'withdrawn');
  return { toast: '已撤回，没领的同志会看到无需领取；已经领的不受影响。' };
}

/** The time is over. */
export async function closeHandout(turn: Turn, { handout }: { handout: string }): Promise<void> {
  await end(turn, handout, 'closed');
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
  const row = await queries.findHandout(turn.db, id);
  if (!row) return;
  const to = { person: row.issuedById };
  await turn.deliver({ key: `reconciliation:${id}`, to, card: 'progress', ref: id, push: 'quiet' });
}

/** 领取进度: what was handed out within this person's reach, each on its card. */
export async function showProgress(turn: PersonTurn): Promise<Reply | undefined> {
  const recent = (await queries.findRecent(turn.db, turn.now)).filter((row) => {
    const { audience } = queries.draftOf(row);
    return row.issuedById === turn.who.id || (audience && turn.may('supplies.watch', scopeOf(audience)));
  });
  if (recent.length === 0) return { toast: '最近没有发放过物资。发送“发放防暑物资”可以开始一次。' };
  const common = { to: { person: turn.who.id }, card: 'progress', push: 'answer' } as const;
  await turn.deliver(
    ...recent.slice(0, MAX_CARDS).map(({ id }) => ({ key: `progress:${id}:${turn.eventId}`, ref: id, ...common })),
  );
  return undefined;
}

/** From the weekly digest: the progress of one hand-out, to whoever may watch it. */
export async function openProgress(turn: PressTurn, { handout: id }: { handout: string }): Promise<Reply> {
  const row = await queries.findHandout(turn.db, id);
  const { audience } = row ? queries.draftOf(row) : { audience: null };
  if (!audience || !turn.may('supplies.watch', scopeOf(audience)))
    return { toast: '您不能查看这次发放的进度，请联系发放人。', kind: 'warning' };
  await sendCard(turn, 'progress', id);
  return { toast: '领取进度已发给您。' };
}

/** A card that will never arrive: the person counts as not to be reached. */
export async function noteUndeliverable(
  turn: Turn,
  failed: { card: string; ref: string; person: string },
): Promise<void> {
  if (failed.card !== 'claim') return;
  await claims.markUnreachable(turn.db, failed.ref, failed.person);
  await turn.refresh({ card: 'progress', ref: failed.ref });
}

async function end(turn: Turn, id: string, state: 'closed' | 'withdrawn'): Promise<void> {
  if (!(await queries.moveHandout(turn.db, id, 'open', { state, endedAt: turn.now }))) return;
  await turn.cancel(`close:${id}`);
  await turn.cancel(`remind:${id}`);
  await turn.later('release', { handout: id, after: '' });
  await turn.refresh({ card: 'claim', ref: id }, { card: 'claim-done', ref: id }, { card: 'progress', ref: id });
}

/** The running hand-out a card is about, if the person may manage it. */
async function readManaged(turn: PressTurn): Promise<queries.SupplyHandout> {
  const row = await queries.findHandout(turn.db, turn.pressed.ref);
  const { audience } = row ? queries.draftOf(row) : { audience: null };
  if (!row || !audience || !turn.may('supplies.hand-out', scopeOf(audience)))
    throw new OutdatedHandout('您不能管理这次发放，没有改动。');
  if (row.state !== 'open') throw new OutdatedHandout('这次发放已经结束，不能再操作。');
  return row;
}
