/** The steps of a pick-up that person, colleague and keeper share: promise, hand over, take back. Each is right whoever comes second. */

import { Outdated } from '../../../basics/errors.ts';
import { formatInstant } from '../../../calendar/format.ts';
import type { PersonTurn, Turn } from '../../../feature.ts';
import { PartRef } from '../schema.ts';
import { reserveShare, settleHeld, takeBack } from '../stock/rules.ts';
import { moveStock, readHeld } from '../stock/stock.ts';
import { type Claim, lockClaim, updateClaim } from './queries.ts';

/** The part as it is now, locked; throws the sentence for a hand-out that is over or never was the person's. */
export async function lockRunning(turn: Turn, handout: string, person: string): Promise<Claim> {
  const claim = await lockClaim(turn.db, handout, person);
  if (!claim) throw new Outdated('不在这次发放的范围内，没有改动任何内容。');
  if (claim.handoutState === 'withdrawn') throw new Outdated('这次发放已经撤回，无需领取。如有疑问请联系发放人。');
  if (claim.handoutState !== 'open' || claim.closesAt <= turn.now)
    throw new Outdated('这次发放已经结束，没有改动。如还需要，请联系发放人。');
  return claim;
}

/** Promises the share at a point. Throws when it was claimed already, or when the point has too little. */
export async function reserve(turn: PersonTurn, claim: Claim, pointId: string): Promise<void> {
  if (!claim.pointIds.includes(pointId)) throw new Outdated('这个领取点不在这次发放里，请重新选择。');
  if (claim.state === 'reserved') throw new Outdated('已经预留好了，领到后请按“已领取”。');
  if (claim.state !== 'open' && claim.state !== 'missed') throw new Outdated(describeSettled(turn, claim));
  // The stock comes last: a crowd waits for its rows, so they are held as briefly as can be.
  Object.assign(claim, { state: 'reserved', pointId });
  await Promise.all([
    turn.db.sql`
      WITH kept AS (
        UPDATE supply_claim SET state = 'reserved', "pointId" = ${pointId}::uuid, "reservedAt" = ${turn.now}, reason = '', "settledAt" = NULL, "settledById" = NULL
        WHERE "handoutId" = ${claim.handoutId}::uuid AND "personId" = ${claim.personId})
      SELECT reopen_part(${claim.handoutId}::uuid, ${claim.personId})`,
    refreshAround(turn, claim),
  ]);
  const items = claim.share.map(({ itemId }) => itemId);
  const today = turn.calendar.dayOf(turn.now);
  await moveStock(turn.db, { points: [pointId], items }, moverOf(turn, claim), (levels) =>
    reserveShare(levels, claim.share, today),
  );
}

/**
 * Hands over what is promised: all of it, or `quantities` of each item, with the rest free again. Whoever comes second (the keeper
 * after the person, or the other way round) is told who was first, and nothing moves twice.
 */
export async function handOver(
  turn: PersonTurn,
  claim: Claim,
  quantities?: Map<string, number>,
  reason = '',
): Promise<void> {
  if (claim.state === 'open' || claim.state === 'missed') throw new Outdated('还没有预留，请先按“我要领取”。');
  if (claim.state !== 'reserved') throw new Outdated(describeSettled(turn, claim));
  const held = await readHeld(turn.db, claim.handoutId, claim.personId);
  const wanted = (itemId: string) =>
    held.filter((part) => part.itemId === itemId).reduce((sum, { reserved }) => sum + reserved, 0);
  const given = (itemId: string) =>
    quantities ? Math.min(quantities.get(itemId) ?? 0, wanted(itemId)) : wanted(itemId);
  const isAll = claim.share.every(({ itemId }) => given(itemId) === wanted(itemId));
  const isNone = claim.share.every(({ itemId }) => given(itemId) === 0);
  const scope = { points: held.map(({ pointId }) => pointId), items: held.map(({ itemId }) => itemId) };
  await updateClaim(turn.db, claim, {
    state: isAll ? 'collected' : isNone ? 'missed' : 'partial',
    pointId: claim.pointId,
    proxyId: claim.proxyId,
    settledAt: turn.now,
    settledById: turn.who.id,
    reason,
  });
  await refreshAround(turn, claim);
  await moveStock(turn.db, scope, { ...moverOf(turn, claim), reason }, () => settleHeld(held, quantities));
}

/**
 * Takes the promises of these people back because the hand-out is over. All parts are locked before any stock is, as everybody
 * does it who locks both: so nobody waits in a circle.
 */
export async function releasePromises(turn: Turn, handout: string, people: string[]): Promise<void> {
  const claims = [];
  for (const person of people) claims.push(await lockClaim(turn.db, handout, person));
  const due = claims.filter((claim) => claim !== undefined).filter(({ state }) => state === 'reserved');
  await lockStock(turn, due);
  for (const claim of due) {
    const held = await readHeld(turn.db, handout, claim.personId);
    const scope = { points: held.map(({ pointId }) => pointId), items: held.map(({ itemId }) => itemId) };
    const by = {
      actorId: claim.issuedById,
      at: turn.now,
      reason: '发放结束',
      handoutId: handout,
      personId: claim.personId,
    };
    await moveStock(turn.db, scope, by, () => settleHeld(held, new Map()));
    const { pointId, proxyId } = claim;
    await updateClaim(turn.db, claim, {
      state: 'open',
      pointId,
      proxyId,
      settledAt: null,
      settledById: null,
      reason: '',
    });
    await refreshAround(turn, claim);
  }
}

/** Locks the stock of several parts at once, in its one order, before the first of them moves any. */
export async function lockStock(turn: Turn, claims: Claim[]): Promise<void> {
  const points = claims.flatMap(({ pointIds }) => pointIds);
  const items = claims.flatMap(({ share }) => share.map(({ itemId }) => itemId));
  await moveStock(turn.db, { points, items }, { actorId: '', at: turn.now }, () => []);
}

/** What was confirmed for a person who never got it goes back into stock, and they may claim again. */
export async function undoHandOver(turn: PersonTurn, claim: Claim): Promise<void> {
  const held = await readHeld(turn.db, claim.handoutId, claim.personId);
  const scope = { points: held.map(({ pointId }) => pointId), items: held.map(({ itemId }) => itemId) };
  await moveStock(turn.db, scope, { ...moverOf(turn, claim), reason: '本人未领到' }, () => takeBack(held));
  await updateClaim(turn.db, claim, {
    state: 'open',
    pointId: null,
    proxyId: null,
    settledAt: null,
    settledById: null,
    reason: '',
  });
  await refreshAround(turn, claim);
}

/** Every card on which this part can be seen is shown anew soon. */
export async function refreshAround(turn: Turn, { handoutId, personId, pointId }: Claim): Promise<void> {
  await turn.refresh(
    { card: 'claim', ref: handoutId, person: personId },
    { card: 'claim-done', ref: handoutId, person: personId },
    { card: 'progress', ref: handoutId },
    { card: 'proxy', ref: PartRef.write({ handout: handoutId, person: personId }) },
    ...(pointId
      ? [
          { card: 'queue', ref: pointId },
          { card: 'stock', ref: pointId },
        ]
      : []),
  );
}

function moverOf(turn: PersonTurn, { handoutId, personId }: Claim) {
  return { actorId: turn.who.id, at: turn.now, handoutId, personId };
}

function describeSettled(turn: PersonTurn, { settledAt, settledById, personId }: Claim): string {
  const who = settledById === turn.who.id ? '您已' : settledById === personId ? '本人已' : '已由同事';
  return `${who}于${settledAt ? formatInstant(settledAt, turn) : '先前'}确认，不用再按。`;
}
