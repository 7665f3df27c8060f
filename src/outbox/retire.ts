/** Cards that are about to become too old for Feishu: they are rendered once more, and their features deliver what is open anew. */
import { DAY_MS } from '../basics/durations.ts';
import type { Feature, Job, Turn } from '../feature.ts';
import { findPerson } from '../people/find-person.ts';
import { type Guard, look } from '../sight.ts';
import { brokenCards } from './broken-cards.ts';

/** Cards of JSON 2.0 can be pressed and edited for 14 days: /feishu-cards/card-json-v2-structure, /im-v1/message/patch (230031). */
const CARD_LIFE_MS = 14 * DAY_MS;
/** So long before a card's end it is retired at the latest. */
const RETIRE_BEFORE_END_MS = DAY_MS;
/** Feishu's clock and ours may differ, and an edit takes a moment. */
const MARGIN_MS = 10 * 60_000;
/** What is older was dead before a downtime as long as this began to matter. */
const LOOK_BACK_MS = 60 * DAY_MS;
const CARDS_PER_ROUND = 500;

/** Whether Feishu still takes an edit of a message that was created at `shownAt`. */
export function isEditable(shownAt: Date | null, now: Date): boolean {
  return shownAt === null || now.getTime() - shownAt.getTime() < CARD_LIFE_MS - MARGIN_MS;
}

/**
 * Cards that were created before this instant are retired now: in working hours all that will not last until the next ones, so that
 * nobody is left with a dead card over a weekend; at other times only those whose last day has begun.
 */
export function findRetirement({ now, calendar, policy }: Pick<Turn, 'now' | 'calendar' | 'policy'>): Date {
  const isQuiet = policy.nextQuietPush(now) > now;
  const tomorrow = calendar.at(calendar.addDays(calendar.dayOf(now), 1), '12:00');
  const until = isQuiet ? now : policy.nextQuietPush(tomorrow);
  return new Date(until.getTime() - CARD_LIFE_MS + RETIRE_BEFORE_END_MS);
}

/** The outbox's own cards, and its own job: every hour, for those cards of `features` that have a `renew`. */
export function outboxFeature(features: Feature[]): Feature {
  return {
    name: 'outbox',
    cards: brokenCards,
    jobs: { retire: retireJob(features) },
    timetable: [{ name: 'retire', cron: '7 * * * *', job: 'retire' }],
    calendarChanged: askAgain,
  };
}

/** What waits for a better moment is decided about anew: the day for which it waits may be one off. */
async function askAgain({ db, now }: Turn): Promise<void> {
  await db.sql`
    UPDATE delivery SET "dueAt" = ${now} WHERE id IN (
      SELECT id FROM delivery WHERE state = 'pending' AND held IS NOT NULL AND "messageId" IS NULL ORDER BY key FOR UPDATE)`;
}

type Retired = { feature: string; card: string; ref: string; person: string; isNewest: boolean };

function retireJob(features: Feature[]): Job {
  const lasting = features.flatMap(({ name: feature, cards = {} }) =>
    Object.entries(cards).flatMap(([name, card]) =>
      card.renew ? [{ feature, card: name, guarded: card, renew: card.renew }] : [],
    ),
  );
  return {
    prepare: async () => async (turn, turnOf) => {
      const retired = await retire(turn, lasting);
      for (const { feature, card, guarded, renew } of lasting) {
        const newest = retired.filter((row) => row.isNewest && row.feature === feature && row.card === card);
        const mine = await keepVisible(turn, guarded, newest);
        if (mine.length > 0) await renew(turnOf(feature), mine);
      }
      if (retired.length === CARDS_PER_ROUND) await turn.later('retire', {});
    },
  };
}

/** Those whose person may still see what the card is about; what shows only a person's own part is theirs. */
async function keepVisible({ db, now }: Turn, guarded: Guard, retired: Retired[]): Promise<Retired[]> {
  if (guarded.action === 'self') return retired;
  const kept: Retired[] = [];
  for (const one of retired) {
    if ((await look(db, guarded, one.ref, await findPerson(db, one.person, now))).is === 'open') kept.push(one);
  }
  return kept;
}

/** Marks the oldest of them, and has them rendered before anything newer goes to the same person: their `dueAt` lies in the past. */
function retire(turn: Turn, lasting: { feature: string; card: string }[]): Promise<Retired[]> {
  const kinds = lasting.map(({ feature, card }) => ({ feature, card }));
  return turn.db.sql<Retired>`
    UPDATE delivery d SET "retiredAt" = ${turn.now}, revision = revision + 1,
      state = CASE WHEN d.state = 'sent' THEN 'pending' ELSE d.state END
    WHERE d.id IN (
      SELECT o.id FROM delivery o JOIN jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) AS kind (feature text, card text)
        ON kind.feature = o.feature AND kind.card = o.card
      WHERE o."shownAt" BETWEEN ${new Date(turn.now.getTime() - LOOK_BACK_MS)} AND ${findRetirement(turn)} AND o."retiredAt" IS NULL AND NOT o."isChat" AND o.state NOT IN ('failed', 'recalled')
      ORDER BY o."shownAt" LIMIT ${CARDS_PER_ROUND} FOR UPDATE OF o SKIP LOCKED)
    RETURNING d.feature, d.card, d.ref, d.recipient AS person, NOT EXISTS (
      SELECT 1 FROM delivery y WHERE y.ref = d.ref AND y.card = d.card AND y.recipient = d.recipient AND y.feature = d.feature AND y.id <> d.id
        AND ((y."shownAt", y.id) > (d."shownAt", d.id) OR y."shownAt" IS NULL AND y.state IN ('pending', 'queued', 'sending'))) AS "isNewest"`;
}
