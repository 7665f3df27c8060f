/** Somebody has opened messages of the bot: the features hear of what, and of no time. */
import { z } from 'zod';
import { now as clockNow } from '../basics/clock.ts';
import type { Feature, Job, Turn, TurnOf } from '../feature.ts';
import type { ReadEvent } from '../messenger/port.ts';
import type { Reader } from '../storage/database.ts';
import { createTurn, inTurn } from '../turn/turn.ts';
import { type InboxParts, keepEvent } from './kept-events.ts';

/** A message may be read before the worker that sent it has written down its id. */
const LOOK_AGAIN_MS = 5_000;

const Read = z.object({ person: z.string(), messages: z.array(z.string()) });
type Read = z.infer<typeof Read>;

/** One transaction, once, that writes no more than what a feature keeps of it. */
export async function receiveRead({ db, registry, context }: InboxParts, event: ReadEvent): Promise<void> {
  const now = clockNow();
  await inTurn(db, context, now, async (open) => {
    const turnOf = (feature: string) => createTurn(context, feature, open);
    await tellRead(registry.features, turnOf('inbox'), turnOf, event);
    await keepEvent(open.db, event.id, now, null);
  });
}

/** Looks again for messages that were read before their ids were known. */
export function noteReadJob(features: Feature[]): Job {
  return {
    prepare: async (raw) => {
      const read = Read.parse(raw);
      return (turn, turnOf) => tellRead(features, turn, turnOf, read);
    },
  };
}

/** Tells each feature what of its own was read, a matter once; what may still be known soon is looked for again. */
async function tellRead(features: Feature[], turn: Turn, turnOf: TurnOf, { person, messages }: Read): Promise<void> {
  for (const { feature, ...about } of await findRead(turn.db, person, messages))
    await features.find(({ name }) => name === feature)?.read?.(turnOf(feature), { ...about, person });
  const unknown = await findUnknown(turn.db, person, messages);
  const at = new Date(turn.now.getTime() + LOOK_AGAIN_MS);
  if (unknown.length > 0) await turn.later('note-read', { person, messages: unknown }, { at });
}

/** What stands on these messages of a person: their own cards, and on a 今天 card the lines that were gathered into it. */
function findRead(
  db: Reader,
  person: string,
  messages: string[],
): Promise<{ feature: string; card: string; ref: string }[]> {
  return db.sql`
    WITH opened AS (SELECT id, feature, card, ref FROM delivery WHERE "messageId" = ANY (${messages}::text[]) AND recipient = ${person})
    SELECT feature, card, ref FROM opened
    UNION SELECT d.feature, d.card, d.ref FROM delivery d JOIN opened ON d."gatheredInto" = opened.id
    ORDER BY feature, card, ref`;
}

/** Those of the messages that are nobody's yet, as long as one to this person is in a worker's hands. */
async function findUnknown(db: Reader, person: string, messages: string[]): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM unnest(${messages}::text[]) AS said (id) WHERE NOT EXISTS (SELECT FROM delivery d WHERE d."messageId" = said.id)
      AND EXISTS (SELECT FROM delivery d WHERE d.recipient = ${person} AND d.state = 'sending' AND d."messageId" IS NULL)`;
  return rows.map(({ id }) => id);
}
