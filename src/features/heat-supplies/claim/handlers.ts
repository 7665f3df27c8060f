/** What a person does with their part: claims, confirms, says what was missing, names a colleague, objects. */
import { Outdated } from '../../../basics/errors.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard } from '../../../feature.ts';
import { findOne } from '../../../people/find-people.ts';
import { claimForm, countField, countsForm, proxyForm, whyForm } from '../forms.ts';
import { PartRef } from '../schema.ts';
import { findKeepers } from '../stock/points.ts';
import { isOver, isSettled } from './cards.ts';
import { findObjections } from './objections.ts';
import { findOpenClaims, findPart, lockClaim, setObjection, setProxy } from './queries.ts';
import { handOver, lockRunning, refreshAround, reserve, undoHandOver } from './settle.ts';

/** More cards at once nobody looks through. */
const MAX_CARDS = 3;

/** 我的防暑药在哪领: the cards of what waits for the person, each with its points. */
export async function showOwn(turn: PersonTurn): Promise<Reply | undefined> {
  const open = await findOpenClaims(turn.db, turn.who.id);
  if (open.length === 0) return { toast: '现在没有等您领取的物资。有发放时会发卡片通知您。' };
  for (const { id } of open.slice(0, MAX_CARDS)) await sendCard(turn, 'claim', id);
  return undefined;
}

/** 我要领取: the share is promised at once, or refused at once. */
export async function claimShare(turn: PressTurn): Promise<Reply> {
  const claim = await lockRunning(turn, turn.pressed.ref, turn.who.id);
  const [only, ...others] = claim.pointIds;
  const chosen = only && others.length === 0 ? only : claimForm.read(turn.form).point;
  await reserve(turn, claim, chosen);
  return { toast: '已为您预留，领到后请按“已领取”。', kind: 'success' };
}

/** 已领取: whatever is promised was handed over. */
export async function confirmCollected(turn: PressTurn): Promise<Reply> {
  await handOver(turn, await lockRunning(turn, turn.pressed.ref, turn.who.id));
  return { toast: '已记为领取。', kind: 'success' };
}

/** 没领到或没领全: a small form of its own. */
export async function askShortfall(turn: PressTurn): Promise<Reply> {
  await lockRunning(turn, turn.pressed.ref, turn.who.id);
  return deliverForm(turn, 'shortfall');
}

/** What was really handed over, item by item, and why; the rest is free for others. */
export async function reportShortfall(turn: PressTurn): Promise<Reply> {
  const claim = await lockRunning(turn, turn.pressed.ref, turn.who.id);
  const counts = countsForm(claim.share).read(turn.form);
  const { reason = '' } = whyForm.read(turn.form);
  const quantities = new Map(claim.share.map((item) => [item.itemId, counts[countField(item)] ?? 0]));
  const isAll = claim.share.every(({ itemId, each }) => quantities.get(itemId) === each);
  if (!isAll && reason === '') return refuse('请写一句原因，方便保管员核对。');
  if (isAll && reason !== '')
    return refuse('您写了原因，数量却是全部领到，没有记下。没领到的请把数量改成0；都领到了请清空原因，或按“已领取”。');
  await handOver(turn, claim, quantities, reason);
  await turn.refresh({ card: 'shortfall', ref: claim.handoutId, person: turn.who.id });
  return { toast: isAll ? '已记为领取。' : '已记下，没领到的部分已退回库存。', kind: 'success' };
}

/** 请人代领: a small form of its own. */
export async function askProxy(turn: PressTurn): Promise<Reply> {
  await lockRunning(turn, turn.pressed.ref, turn.who.id);
  return deliverForm(turn, 'ask-proxy');
}

/** The name of a colleague, who gets a card and may then confirm. */
export async function nameProxy(turn: PressTurn): Promise<Reply> {
  const claim = await lockRunning(turn, turn.pressed.ref, turn.who.id);
  if (claim.state !== 'reserved') throw new Outdated('请先按“我要领取”，再请人代领。');
  const { name } = proxyForm.read(turn.form);
  const match = await findOne(turn.db, name);
  if ('unclear' in match) return refuse(match.unclear);
  if (match.person.id === turn.who.id) return refuse('请写一位同事的姓名，不用写自己。');
  await setProxy(turn.db, claim, match.person.id);
  await turn.deliver({
    key: `proxy:${claim.handoutId}:${turn.who.id}:${match.person.id}`,
    to: { person: match.person.id },
    card: 'proxy',
    ref: PartRef.write({ handout: claim.handoutId, person: turn.who.id }),
    push: 'work',
    gathers: true,
  });
  await refreshAround(turn, claim);
  return { toast: `已请${match.person.name}代领，对方会收到卡片。`, kind: 'success' };
}

/** 已代领, on the colleague's card; the person is told and can object. */
export async function confirmAsProxy(turn: PressTurn): Promise<Reply> {
  const { handout, person } = PartRef.parse(turn.pressed.ref);
  const claim = await lockRunning(turn, handout, person);
  if (claim.proxyId !== turn.who.id) throw new Outdated('对方已经改请别人代领，没有改动。');
  await handOver(turn, claim);
  await tellPerson(turn, handout, person);
  return { toast: '已记为代领，对方会收到通知。', kind: 'success' };
}

/** 有异议: what somebody else confirmed for me never reached me. The keepers of the point hear of it, or else who handed it out. */
export async function object(turn: PressTurn): Promise<Reply> {
  const claim = await lockClaim(turn.db, turn.pressed.ref, turn.who.id);
  if (!claim || !isSettled(claim) || claim.settledById === turn.who.id)
    return { toast: '没有需要提出异议的记录。', kind: 'warning' };
  if (claim.objectedAt) return { toast: '已经转给保管员核实，请等回复。' };
  await setObjection(turn.db, claim, turn.now);
  await refreshAround(turn, claim);
  const keepers = await findKeepers(turn.db, claim.pointId ? [claim.pointId] : [], turn.now);
  const people = keepers.length > 0 ? keepers.map(({ id }) => id) : [claim.issuedById];
  const ref = PartRef.write({ handout: claim.handoutId, person: turn.who.id });
  await turn.deliver(
    ...people.map((id) => ({
      key: `objection:${ref}:${turn.eventId}:${id}`,
      to: { person: id },
      card: 'objection',
      ref,
      push: 'work' as const,
      gathers: true,
    })),
  );
  return { toast: '已转给保管员核实。', kind: 'success' };
}

/** 属实，退回: the goods go back into stock and the person may claim again. */
export async function acceptObjection(turn: PressTurn): Promise<Reply> {
  const claim = await lockObjection(turn);
  await undoHandOver(turn, claim);
  await turn.refresh({ card: 'objection', ref: turn.pressed.ref });
  const mayClaim = claim.handoutState === 'open' && claim.closesAt > turn.now;
  return {
    toast: mayClaim ? '已退回库存，对方可以重新领取。' : '已退回库存。发放已经结束，对方不能再领。',
    kind: 'success',
  };
}

/** 核实无误: what was confirmed stands. */
export async function rejectObjection(turn: PressTurn): Promise<Reply> {
  const claim = await lockObjection(turn);
  await setObjection(turn.db, claim, null);
  await refreshAround(turn, claim);
  await turn.refresh({ card: 'objection', ref: turn.pressed.ref });
  return { toast: '已记下核实无误，对方的卡片会更新。' };
}

/** From the 今天 card: the claim's own card, sent anew to whoever asks. */
export async function openClaim(turn: PressTurn, { handout }: { handout: string }): Promise<Reply> {
  const part = await findPart(turn.db, handout, turn.who.id);
  if (!part) return { toast: '您不在这次发放的范围内。', kind: 'warning' };
  if (isSettled(part)) return { toast: '已经领过了，不用再办理。' };
  if (isOver(part, turn)) return { toast: '这次发放已经结束。如还需要，请联系发放人。' };
  await sendCard(turn, 'claim', handout);
  return { toast: '领取卡片已发给您。' };
}

/** From the 今天 card of a colleague who was asked to collect. */
export async function openProxy(
  turn: PressTurn,
  { handout, person }: { handout: string; person: string },
): Promise<Reply> {
  const part = await findPart(turn.db, handout, person);
  if (part?.proxyId !== turn.who.id) return { toast: '对方已经改请别人代领。', kind: 'warning' };
  const ref = PartRef.write({ handout, person });
  await sendCard(turn, 'proxy', ref);
  return { toast: '代领卡片已发给您。' };
}

/** From the 今天 card of whoever heard of an objection. */
export async function openObjection(
  turn: PressTurn,
  { handout, person }: { handout: string; person: string },
): Promise<Reply> {
  const heard = await findObjections(turn.db, turn.who, turn.now);
  if (!heard.some((one) => one.id === handout && one.person === person))
    return { toast: '这件异议已经处理，不用再看。' };
  const ref = PartRef.write({ handout, person });
  await sendCard(turn, 'objection', ref);
  return { toast: '异议卡片已发给您。' };
}

/** Tells a person that somebody else confirmed for them: quietly, on the card where they can object. */
export async function tellPerson(turn: PressTurn, handout: string, person: string): Promise<void> {
  const key = `done:${handout}:${person}:${turn.eventId}`;
  await turn.deliver({ key, to: { person }, card: 'claim-done', ref: handout, push: 'quiet' });
}

async function lockObjection(turn: PressTurn) {
  const { handout, person } = PartRef.parse(turn.pressed.ref);
  const claim = await lockClaim(turn.db, handout, person);
  if (!claim?.objectedAt) throw new Outdated('这件异议已经处理，不用再按。');
  return claim;
}

async function deliverForm(turn: PressTurn, card: 'shortfall' | 'ask-proxy'): Promise<Reply> {
  await sendCard(turn, card, turn.pressed.ref);
  return { toast: '请在新卡片上填写。' };
}
