/** 确认发布, the timers that are set with it, and the cards that follow: in rounds, one job each, so that an audience of any size is reached with little memory. */

import { AppError } from '../basics/errors.ts';
import type { PressTurn, Reply, Turn } from '../feature.ts';
import { refuseForeignAudience } from '../people/audience/audience-reach.ts';
import { groupRows } from '../storage/group-rows.ts';
import { countReached, describeWait, forecastCards, warnOfTooLate } from './arrival.ts';
import { type Draft, expiryOf, type Kind, past } from './contract.ts';
import { formOf, objectToDraft, readDraft } from './draft.ts';
import { findOpenAfter, findRunning } from './parts.ts';
import * as queries from './queries.ts';
import { planLeaderNotice, planReminders, type ReminderMoment, UNDO_MS } from './rules.ts';
import { UrgentForm } from './schema.ts';

/** So many cards are written in one job; the next one goes on from there. */
export const PEOPLE_PER_ROUND = 500;

/**
 * 确认发布: everybody of the audience gets their part, the issuer the progress card, and the timers are set, in one transaction. The
 * cards follow in rounds. `urgent` sends them now, whatever the hour.
 */
export async function publish<C>(
  kind: Kind<C>,
  turn: PressTurn,
  { urgent }: { urgent?: 'yes' | undefined },
): Promise<Reply> {
  const reason = urgent ? reasonIn(turn) : undefined;
  const { words } = kind;
  const found = await readDraft(kind, turn);
  const draft = queries.draftOf(found);
  const objection = await objectToDraft(kind, turn, draft);
  const { audience, dueAt } = draft;
  if (objection || formOf(kind, draft).missing(draft).length > 0 || !audience || !dueAt)
    return { toast: objection ?? '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  await refuseForeignAudience(turn, kind.actions.publish, audience);
  const people = await queries.publishDraft(turn.db, found.id, reason, turn.now);
  if (people === undefined) return { toast: past(words), kind: 'warning' };
  const forecast = await forecastCards(kind, turn, turn.db, people, dueAt, reason !== undefined);
  if (forecast.tooLate > 0 && countReached(forecast) === 0)
    throw new AppError('nobody would get it in time', `${warnOfTooLate(forecast)}没有${words.publish}。`);
  if (reason !== undefined) turn.log.info({ publication: found.id }, 'a publication passes the notification policy');
  if (people.length === 0)
    throw new AppError('an audience of nobody', `这个范围里现在没有人，没有${words.publish}。请按“修改”换一个范围。`);
  await kind.changed?.(turn, found, 'publish');
  const progress = { key: `progress:${found.id}`, to: { person: turn.who.id }, card: 'progress', ref: found.id };
  await turn.deliver({ ...progress, push: 'answer' });
  await announce(turn, found.id);
  await planTimers(kind, turn, found.id, latest(turn.now, draft.opensAt), dueAt);
  await openUndo(turn, found.id);
  return { toast: `${words.published(people.length)}${describeWait(forecast, turn)}`, kind: 'success' };
}

/** Why it may not wait, in the presser's words. */
function reasonIn(turn: PressTurn): string {
  const said = UrgentForm.parse(turn.form).reason;
  if (said === '') throw new AppError('an urgent press without a reason', '请先写明为什么要马上送达，再按一次。');
  return said;
}

/** What the clock or a person's own wish begins: published at once, to these people. Where it has an end it is announced to them. */
export async function publishTo<C>(kind: Kind<C>, turn: Turn, draft: Draft<C>, people: string[]): Promise<string> {
  const id = await queries.publishTo(kind, turn.db, draft, people, turn.now);
  if (draft.dueAt) {
    await announce(turn, id);
    await planTimers(kind, turn, id, turn.now, draft.dueAt);
  }
  return id;
}

/** Begins to give everybody who is open their card. */
export function announce(turn: Turn, id: string): Promise<void> {
  return turn.later('announce', { id, after: '' }, { key: `announce:${id}` });
}

/** One round of announcing: the next people get their card, and the progress card says how far it has come. */
export async function announceRound<C>(
  kind: Kind<C>,
  turn: Turn,
  { id, after }: { id: string; after: string },
): Promise<void> {
  const people = await findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  const isEnd = people.length < PEOPLE_PER_ROUND;
  const noted = await queries.noteAnnounced(turn.db, id, last, isEnd, turn.now);
  if (!noted) return;
  await turn.refresh({ card: 'progress', ref: id });
  await deliverCards(kind, turn, id, people, {
    push: noted.isUrgent ? 'urgent' : 'quiet',
    notAfter: expiryOf(kind, noted.dueAt),
  });
  if (!isEnd) await turn.later('announce', { id, after: last }, { key: `announce:${id}` });
}

/** The timers say it is time: whoever is still open gets the card again, as long as the end is ahead. */
export async function remindRound<C>(
  kind: Kind<C>,
  turn: Turn,
  { id, moment, after }: { id: string; moment: ReminderMoment; after: string },
): Promise<void> {
  const found = await queries.find(kind, turn.db, id);
  const people = await findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND, turn.calendar.dayOf(turn.now));
  const last = people.at(-1);
  if (!found?.dueAt || found.dueAt <= turn.now || last === undefined) return;
  // A reminder belongs to its end: after an extension the same people are reminded of the later one.
  const reason = `:${moment}:${turn.calendar.dayOf(found.dueAt)}`;
  await deliverCards(kind, turn, id, people, { reason, notAfter: found.dueAt });
  await turn.later('remind', { id, moment, after: last });
}

/** Gives these people their card, anew for each `reason`. Whoever is done before it goes gets none. */
export async function deliverCards<C>(
  { card }: Kind<C>,
  turn: Turn,
  id: string,
  people: string[],
  {
    reason = '',
    push = 'quiet',
    notAfter,
  }: { reason?: string; push?: 'quiet' | 'urgent'; notAfter?: Date | undefined },
): Promise<void> {
  const common = { card, ref: id, push, gathers: true, ...(notAfter && { notAfter }) };
  await turn.deliver(
    ...people.map((person) => ({ key: `${card}:${id}:${person}${reason}`, to: { person }, ...common })),
  );
}

/** Cards that are about to become too old to be pressed: whoever is open gets a new one, as long as the end is ahead. */
export async function renewCards<C>(
  kind: Kind<C>,
  turn: Turn,
  retired: { ref: string; person: string }[],
): Promise<void> {
  const reason = `:renewed:${turn.calendar.dayOf(turn.now)}`;
  for (const [id, parts] of groupRows(await findRunning(turn.db, retired, turn.now), (part) => part.id)) {
    const people = parts.map(({ person }) => person);
    await deliverCards(kind, turn, id, people, {
      reason,
      notAfter: expiryOf(kind, parts[0]?.dueAt),
    });
  }
}

/** The same for progress cards of what still runs. */
export async function renewProgress<C>(
  kind: Kind<C>,
  turn: Turn,
  retired: { ref: string; person: string }[],
): Promise<void> {
  const day = turn.calendar.dayOf(turn.now);
  for (const { ref, person } of retired) {
    const found = await queries.find(kind, turn.db, ref);
    if (found?.state !== 'published' || !found.dueAt || found.dueAt <= turn.now) continue;
    const key = `progress:${ref}:${person}:renewed:${day}`;
    await turn.deliver({ key, to: { person }, card: 'progress', ref, push: 'quiet' });
  }
}

function latest(now: Date, opensAt: Date | null): Date {
  return opensAt && opensAt > now ? opensAt : now;
}

/**
 * Sets the timers anew, as the end stands now. A reminder whose time has passed is left out; what follows on an end
 * that has passed is done at once, and is not said twice.
 */
export async function planTimers<C>(
  kind: Kind<C>,
  turn: Turn,
  id: string,
  announcedAt: Date,
  dueAt: Date,
): Promise<void> {
  await cancelTimers(turn, id);
  for (const { moment, at } of planReminders(announcedAt, dueAt, turn.calendar, kind.reminders)) {
    if (at > turn.now) await turn.later('remind', { id, moment, after: '' }, { at, key: `remind:${id}:${moment}` });
  }
  await turn.later('deadline', { id }, { at: dueAt, key: `deadline:${id}` });
  if (kind.endsByItself) return;
  const at = planLeaderNotice(dueAt, turn.calendar);
  await turn.later('tell-leaders', { id }, { at, key: `tell-leaders:${id}` });
}

/** The calendar has changed: what is open is reminded of, and told of, by the new days. An end that somebody set stays. */
export async function replanTimers<C>(kind: Kind<C>, turn: Turn): Promise<void> {
  for (const id of await queries.findOpenIds(turn.db, kind.feature, turn.now)) {
    const found = await queries.hold(kind, turn.db, id);
    if (found?.state !== 'published' || !found.dueAt) continue;
    await planTimers(kind, turn, id, latest(found.publishedAt ?? turn.now, found.opensAt), found.dueAt);
  }
}

/** Nothing more happens to this publication by itself. */
export async function cancelTimers(turn: Turn, id: string): Promise<void> {
  for (const key of [`remind:${id}:workday-before`, `remind:${id}:morning`, `deadline:${id}`, `tell-leaders:${id}`]) {
    await turn.cancel(key);
  }
}

/** Something was done that can be undone for a while: the progress card shows it until then. */
export async function openUndo(turn: Turn, id: string): Promise<void> {
  const at = new Date(turn.now.getTime() + UNDO_MS);
  await turn.later('close-undo', { id }, { at, key: `close-undo:${id}` });
}
