/**
 * The brake on a reading of the contacts that lacks many people. A range that was narrowed, a wrong app or half an answer looks just like
 * many departures, and a role that ended does not come back: so an administrator says which it is, and until then nothing changes.
 */

import { z } from 'zod';
import { DAY_MS } from '../basics/durations.ts';
import { button, card, type OpenItem, type PressTurn, type Reply, sendCard, type Turn } from '../feature.ts';
import type { Reader, Transaction } from '../storage/database.ts';
import { actions } from './actions.ts';
import { findHolders } from './find-holders.ts';
import { isHeavyLoss } from './heavy-loss.ts';
import { mayAnywhere } from './permissions.ts';
import type { Person } from './person.ts';
import { type Contacts, lockPeople } from './synchronise.ts';

const WEEK_MS = 7 * DAY_MS;

type HeldLoss = { id: string; personIds: string[]; inService: number; state: string; seenAt: Date };

/** What the card says once it need not be pressed any more. */
const ENDS: Record<string, { is: string; word: string; text: (lost: number) => string }> = {
  accepted: { is: 'open', word: '已确认', text: (lost) => `已确认${lost}人离开，正在重新核对通讯录` },
  applied: { is: 'done', word: '已办理', text: (lost) => `${lost}人已按离开办理` },
  settled: { is: 'done', word: '已恢复', text: () => '通讯录已经恢复，不需要处理' },
  replaced: { is: 'over', word: '已失效', text: () => '少的人又有变化，没有作任何改动，请看新的卡片' },
};

/**
 * Undefined when the contacts may be applied as they were read; else the id of the loss that stands in the way. A loss that was accepted
 * is let through once, as long as nobody else is lacking; what the contacts hold again by themselves is settled.
 */
export async function holdBackLoss(turn: Turn, { people }: Contacts): Promise<string | undefined> {
  await lockPeople(turn.db);
  const { lost, inService, lately } = await findLost(turn.db, people, turn.now);
  const [before] = await turn.db.sql<HeldLoss>`
    SELECT id, "personIds", "inService", state, "seenAt" FROM held_loss WHERE state IN ('open', 'accepted') FOR UPDATE`;
  const isKnown = before !== undefined && lost.every((id) => before.personIds.includes(id));
  if (lost.length === 0 || !isHeavyLoss(lost.length + lately, inService + lately)) {
    if (before) await endLoss(turn, before.id, 'settled');
    return undefined;
  }
  turn.log.warn(
    { lost: lost.length, lately, inService, isAccepted: isKnown && before.state === 'accepted' },
    'the contacts lack many people',
  );
  if (isKnown) {
    await turn.db
      .sql`UPDATE held_loss SET "personIds" = ${lost}::text[], "inService" = ${inService} WHERE id = ${before.id}::uuid`;
    if (before.state === 'open') return before.id;
    await endLoss(turn, before.id, 'applied');
    return undefined;
  }
  if (before) await endLoss(turn, before.id, 'replaced');
  const [held] = await turn.db.sql<{ id: string }>`
    INSERT INTO held_loss (id, "personIds", "inService", "seenAt")
    VALUES (gen_random_uuid(), ${lost}::text[], ${inService}, ${turn.now}) RETURNING id`;
  return held?.id;
}

/** Asks every administrator by a card, and again after a week; whoever became one meanwhile is asked as well. */
export async function askAboutLoss(turn: Turn, id: string): Promise<void> {
  const [held] = await turn.db.sql<
    Pick<HeldLoss, 'personIds' | 'inService' | 'seenAt'>
  >`SELECT "personIds", "inService", "seenAt" FROM held_loss WHERE id = ${id}::uuid`;
  if (!held) return;
  const administrators = await findHolders(turn.db, 'administrator', turn.now);
  if (administrators.length === 0) {
    const counts = { lost: held.personIds.length, inService: held.inService };
    turn.log.error(counts, 'the contacts lack many people, and there is no administrator to ask: set ADMIN_IDS');
  }
  const week = Math.floor((turn.now.getTime() - held.seenAt.getTime()) / WEEK_MS);
  await turn.deliver(
    ...administrators.map(
      (person) =>
        ({
          key: `loss:${id}:${week}:${person}`,
          to: { person },
          card: 'loss',
          ref: id,
          push: 'work',
          gathers: true,
        }) as const,
    ),
  );
}

/** 确认这些人已离开. */
const acceptLoss = button({
  value: z.object({ loss: z.uuid() }),
  action: 'roster.keep',
  on: ['loss'],
  handle: async (turn: PressTurn, { loss }): Promise<Reply> => {
    const accepted = await turn.db.sql`
      UPDATE held_loss SET state = 'accepted', "acceptedBy" = ${turn.who.id} WHERE id = ${loss}::uuid AND state = 'open' RETURNING id`;
    if (accepted.length === 0) return { toast: '情况已经变了，没有改动，请看卡片上现在的说明。', kind: 'warning' };
    turn.log.info({ loss, by: turn.who.id }, 'a loss of people was accepted');
    await turn.later('synchronise', {}, { key: 'synchronise' });
    await turn.refresh({ card: 'loss', ref: loss });
    return { toast: '已确认，马上重新核对通讯录。', kind: 'success' };
  },
});

/** The line of it on an administrator's 今天. */
export async function findLossItems(db: Reader, who: Person): Promise<OpenItem[]> {
  if (!mayAnywhere(who, 'roster.keep')) return [];
  const open = await db.sql<{ id: string }>`SELECT id::text FROM held_loss WHERE state = 'open'`;
  return open.map(({ id }) => ({
    title: '核对通讯录里少了的人',
    open: { button: 'people/open-loss', value: { loss: id } },
  }));
}

const openLoss = button({
  ...{ value: z.object({ loss: z.uuid() }), action: 'roster.keep', on: ['today/list'] },
  handle: async (turn: PressTurn, { loss }): Promise<Reply> => {
    await sendCard(turn, 'loss', loss);
    return { toast: '卡片已发给您。' };
  },
});

/** Counts only, for administrators only. */
const lossCard = card({
  ref: z.uuid(),
  action: 'roster.keep',
  matter: 'anywhere',
  load: async (db, ref, viewer) => {
    const [held] = await db.sql<Omit<HeldLoss, 'seenAt'>>`
      SELECT id, "personIds", "inService", state FROM held_loss WHERE id = ${ref}::uuid`;
    if (!held) return undefined;
    const lost = held.personIds.length;
    const end = ENDS[held.state];
    if (end && viewer.isUnasked) return undefined;
    if (!end) return { loss: held.id, lost, inService: held.inService };
    return { template: 'loss-closed', state: { is: end.is, word: end.word }, text: end.text(lost) };
  },
});

/** What the feature of this room shows and takes of it, and who may. */
export const heldLoss = {
  actions,
  buttons: { 'accept-loss': acceptLoss, 'open-loss': openLoss },
  cards: { loss: lossCard },
};

/**
 * Who of those in service is lacking, and how many have left unasked within a day: a range may be narrowed step by step, and of each step
 * alone nobody would ask.
 */
async function findLost(
  db: Transaction,
  people: Contacts['people'],
  now: Date,
): Promise<{ lost: string[]; inService: number; lately: number }> {
  const present = [...people.values()].flatMap(({ id, hasLeft }) => (hasLeft ? [] : id));
  const [found] = await db.sql<{ lost: string[]; inService: number; lately: number }>`
    SELECT count(*) FILTER (WHERE p.status = 'active')::int AS "inService",
      COALESCE(array_agg(p.id) FILTER (WHERE p.status = 'active' AND p.id <> ALL (${present}::text[])), '{}') AS lost,
      count(*) FILTER (WHERE p."leftAt" > ${new Date(now.getTime() - DAY_MS)} AND NOT EXISTS (
        SELECT 1 FROM held_loss h WHERE h.state = 'applied' AND p.id = ANY (h."personIds")))::int AS lately
    FROM person p`;
  return found ?? { lost: [], inService: 0, lately: 0 };
}

async function endLoss(turn: Turn, id: string, state: 'applied' | 'settled' | 'replaced'): Promise<void> {
  await turn.db.sql`UPDATE held_loss SET state = ${state} WHERE id = ${id}::uuid`;
  await turn.refresh({ card: 'loss', ref: id });
}
