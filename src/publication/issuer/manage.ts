/** What the issuer does with what is published: 查看未完成, 催办, 延期, 撤销; and 进度, which shows it again. */
import { AppError, Outdated } from '../../basics/errors.ts';
import { formatInstant } from '../../calendar/format.ts';
import { PickedInstant } from '../../cards/form-values.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Turn } from '../../feature.ts';
import { scopeOf } from '../../people/audience/audience-reach.ts';
import { countReached, describeWait, forecastCards, moveExpiry } from '../arrival.ts';
import { expiryOf, type Kind, type Published, past, type Words } from '../contract.ts';
import { findWaiting, forgetReads, takeNudges } from '../parts.ts';
import { cancelTimers, deliverCards, openUndo, PEOPLE_PER_ROUND, planTimers } from '../publish.ts';
import * as queries from '../queries.ts';

/** More cards than these nobody looks through. */
const MAX_CARDS = 5;
/** How long after its end a publication is shown by 进度. */
const RECENT_DAYS = 30;

/** 查看未完成: the names, to the person who asked and nobody else. */
export async function listNames<C>(_kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  await sendCard(turn, 'names', turn.pressed.ref);
  return { toast: '名单已单独发给您，请勿转发到群里。' };
}

/** 催办: whoever is open gets the card again, at most once a day each. */
export async function nudgeOpen<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  return nudge(kind, turn, await readRunning(kind, turn));
}

/** 催办 of everybody who is open, or `among` these people. The answer says how many, and when it reaches them if not at once. */
export async function nudge<C>(
  kind: Kind<C>,
  turn: PersonTurn,
  { id, dueAt }: Published<C>,
  among?: string[],
): Promise<Reply> {
  const { words } = kind;
  const day = turn.calendar.dayOf(turn.now);
  const people = await takeNudges(turn.db, id, { by: turn.who.id, today: day }, among);
  if (people.length === 0) return { toast: nobodyToNudge(words) };
  const forecast = await forecastCards(kind, turn, turn.db, people, dueAt);
  if (countReached(forecast) === 0)
    throw new AppError(
      'a nudge that would come too late',
      `收到${words.nudge}前就已经结束，没有${words.nudge}任何人。`,
    );
  for (let first = 0; first < people.length; first += PEOPLE_PER_ROUND)
    await turn.later('nudge', { id, day, people: people.slice(first, first + PEOPLE_PER_ROUND) });
  const done = forecast.now > 0 ? `已提醒${people.length}人` : `将提醒${people.length}人`;
  return { toast: `${done}。${describeWait(forecast, turn)}每人每天最多提醒一次。`, kind: 'success' };
}

/** Why 催办 reminds nobody. */
export const nobodyToNudge = ({ nudge: word, do: verb }: Words): string =>
  `没有需要${word}的人：都已${verb}、休假、联系不上、卡片还没送到，或今天已经提醒过。`;

/** One round of 催办, for those whose nudge was taken by the press and nobody else's of that day. Whoever is done meanwhile gets no card. */
export async function nudgeRound<C>(
  kind: Kind<C>,
  turn: Turn,
  { id, day, people }: { id: string; day: string; people: string[] },
): Promise<void> {
  const found = await queries.find(kind, turn.db, id);
  await deliverCards(kind, turn, id, people, { reason: `:nudge:${day}`, notAfter: expiryOf(kind, found?.dueAt) });
}

/**
 * 催办 from elsewhere: whoever the person answers for and is open gets the card again, at most once a day each, whoever issued
 * it. So a leader reaches the own unit's people in a matter of the whole detachment, and nobody else's.
 */
export async function nudgeOwn<C>(kind: Kind<C>, turn: PressTurn, { id }: { id: string }): Promise<Reply> {
  const found = await queries.find(kind, turn.db, id);
  if (!found) return { toast: past(kind.words), kind: 'warning' };
  const open = await queries.findScopesOfOpen(turn.db, id);
  const own = open.filter((scope) => turn.may(kind.actions.nudge, scope)).map(({ personId }) => personId);
  return nudge(kind, turn, found, own);
}

/** 延期: a small form of its own, so that the progress card can change while somebody picks a date. */
export async function askExtension<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const { id } = await readRunning(kind, turn);
  await sendCard(turn, 'extend', id);
  return { toast: `请在新卡片上选择新的${kind.words.due}。` };
}

/** The picked date of 延期: cards show it at once, and the reminders move with it. */
export async function extend<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const { due } = kind.words;
  const found = await readRunning(kind, turn);
  const picked = PickedInstant.safeParse(turn.form.dueAt);
  if (!picked.success) return { toast: `请先选择新的${due}。`, kind: 'warning', keepForm: true };
  const objection = await kind.draft.object(turn, { ...queries.draftOf(found), dueAt: picked.data });
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  if (!(await queries.putOff(turn.db, found.id, picked.data, turn.now)))
    return { toast: past(kind.words), kind: 'warning' };
  const waiting = await findWaiting(turn.db, found.id, turn.calendar.dayOf(turn.now));
  const forecast = await forecastCards(kind, turn, turn.db, waiting, picked.data);
  await moveExpiry(kind, turn, found.id, picked.data);
  await planTimers(kind, turn, found.id, turn.now, picked.data);
  await openUndo(turn, found.id);
  await kind.changed?.(turn, found, 'extend');
  await refreshAll(kind, turn, found.id);
  const late = forecast.tooLate > 0 ? `还没收到卡片的${forecast.tooLate}人来不及收到。` : '';
  const toast = `${due}改为${formatInstant(picked.data, turn)}，大家的卡片会随之更新。${late}十分钟内可以恢复原时间。`;
  return { toast, kind: 'success' };
}

/** 撤销: cards that are out turn grey, what has not gone out yet never will. */
export async function withdraw<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const { withdraw: word, relief } = kind.words;
  if (!(await end(kind, turn, await readRunning(kind, turn), 'withdrawn')))
    return { toast: past(kind.words), kind: 'warning' };
  await openUndo(turn, turn.pressed.ref);
  return { toast: `已${word}，大家的卡片会标明${relief}。十分钟内可以恢复。` };
}

/** 结束, before the time. */
export async function endNow<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  if (!(await end(kind, turn, await readRunning(kind, turn), 'ended')))
    return { toast: past(kind.words), kind: 'warning' };
  return { toast: '已结束，结果会显示在进度卡片上。', kind: 'success' };
}

/** Ends or withdraws what is published; false when it was over already. */
export async function end<C>(
  kind: Kind<C>,
  turn: Turn,
  published: Published<C>,
  state: 'ended' | 'withdrawn',
): Promise<boolean> {
  if (!(await queries.endPublished(turn.db, published.id, state, turn.now))) return false;
  await cancelTimers(turn, published.id);
  await forgetReads(turn.db, published.id);
  await kind.changed?.(turn, published, state === 'ended' ? 'end' : 'withdraw');
  await refreshAll(kind, turn, published.id);
  return true;
}

/** 进度: what this person issued or may watch and still runs or ended lately, each on its card, anew. */
export async function showProgress<C>(kind: Kind<C>, turn: PersonTurn): Promise<Reply | undefined> {
  const recent = [];
  for (const one of await queries.findRecent(turn.db, kind.feature, RECENT_DAYS, turn.now)) {
    if (recent.length === MAX_CARDS) break;
    if (
      one.issuedById === turn.who.id ||
      (one.audience && turn.may(kind.actions.watch, await scopeOf(turn.db, one.audience)))
    )
      recent.push(one);
  }
  const { matter, begin, publish } = kind.words;
  if (recent.length === 0) return { toast: `最近没有${matter}。发送“${begin}”可以${publish}。` };
  const common = { to: { person: turn.who.id }, card: 'progress', push: 'answer' } as const;
  await turn.deliver(...recent.map(({ id }) => ({ key: `progress:${id}:${turn.eventId}`, ref: id, ...common })));
  return undefined;
}

/** Every card on which the publication can be seen is shown anew soon. */
export function refreshAll<C>({ card }: Kind<C>, turn: Turn, ref: string): Promise<void> {
  return turn.refresh(...[card, 'progress', 'extend', 'deadline'].map((one) => ({ card: one, ref })));
}

/** Whether it is over by the clock, though the job that ends it may be late: what its end tells cannot be taken back. */
export function isOver<C>({ endsByItself }: Kind<C>, { dueAt }: Published<C>, now: Date): boolean {
  return endsByItself && dueAt !== null && dueAt <= now;
}

/** The running publication a card is about. */
async function readRunning<C>(kind: Kind<C>, turn: PressTurn): Promise<Published<C>> {
  const found = await queries.hold(kind, turn.db, turn.pressed.ref);
  const { it, withdraw } = kind.words;
  if (found?.state === 'ended' || (found?.state === 'published' && isOver(kind, found, turn.now)))
    throw new Outdated(`${it}已经结束，不能再操作。`);
  if (found?.state !== 'published') throw new Outdated(`${it}已经${withdraw}，不能再操作。`);
  return found;
}
