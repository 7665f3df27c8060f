/** What a person writes becomes a turn of the command it names; the answer is always given in private. */
import { now as clockNow } from '../clock.ts';
import type { Reply } from '../feature.ts';
import type { MessageEvent } from '../messenger/port.ts';
import { findPerson } from '../people/find-person.ts';
import { may, mayAnywhere } from '../people/permissions.ts';
import type { Transaction } from '../storage/database.ts';
import { findSuggestion } from './find-suggestion.ts';
import { Duplicate, type InboxParts, isKept, keepEvent } from './kept-events.ts';
import { isAboutFiles, receiveFiles } from './receive-file.ts';
import { asRefusal, REFUSALS, refuse } from './refusals.ts';
import { deliverReply } from './reply-card.ts';
import { createTurn, inTurn, type OpenTurn } from './turn.ts';

/** One message, once. Throws `Duplicate` for a repetition, and whatever made it impossible to keep: then it is pushed again. */
export async function receiveMessage(parts: InboxParts, event: MessageEvent): Promise<void> {
  const { db, context } = parts;
  const now = clockNow();
  try {
    await inTurn(db, context, now, async (open) => {
      if (await isKept(open.db, event.id)) throw new Duplicate();
      await answer(parts, open, event, await runCommand(parts, open, event));
    });
  } catch (error) {
    const refusal = asRefusal(error, context.log, event.id);
    if (!refusal) throw error;
    await inTurn(db, context, now, (open) => answer(parts, open, event, refusal));
  }
}

async function runCommand(
  { registry, context }: InboxParts,
  open: OpenTurn,
  event: MessageEvent,
): Promise<Reply | undefined> {
  const { log } = context;
  const who = await findPerson(open.db, event.person, open.now);
  if (!who) return refuse(log, event.id, REFUSALS.stranger, 'a stranger wrote');
  if (await isAboutFiles(registry.features, open.db, who, event))
    return receiveFiles(registry.features, createTurn(context, 'inbox', open), who, event);
  const turnFor = (feature: string) => ({
    ...createTurn(context, feature, open),
    who,
    eventId: event.id,
    saidAt: event.at,
    ...(event.isGroup && { group: event.chat }),
    may: may.bind(null, who),
  });
  const repliedTo = event.repliesTo && (await findDelivered(open.db, event.repliesTo, who.id));
  const replied = registry.features.find(({ name }) => repliedTo && name === repliedTo.feature)?.replied;
  if (repliedTo && replied) return replied(turnFor(repliedTo.feature), repliedTo, event.text);
  const match = registry.command(event.text);
  if (!match) return refuse(log, event.id, findSuggestion(registry, who, event.text), 'a text was not understood');
  if (!mayAnywhere(who, match.command.action))
    return refuse(log, event.id, REFUSALS.notAllowed, 'a command was not permitted');
  return match.command.handle(turnFor(match.feature.name), { text: event.text, rest: match.rest });
}

/** What a message of ours shows, if it went to this person; the person may only reply to their own. */
async function findDelivered(
  db: Transaction,
  messageId: string,
  person: string,
): Promise<{ feature: string; card: string; ref: string } | undefined> {
  const [delivered] = await db.sql<{ feature: string; card: string; ref: string }>`
    SELECT feature, card, ref FROM delivery WHERE "messageId" = ${messageId} AND recipient = ${person} AND NOT "isFile"`;
  return delivered;
}

/** A reply to a message is a card like any other: its text is kept with the event, and read when it is sent. */
async function answer(
  { context }: InboxParts,
  open: OpenTurn,
  event: MessageEvent,
  reply: Reply | undefined,
): Promise<void> {
  if (reply) await deliverReply(createTurn(context, 'inbox', open), event.id, event.person);
  await keepEvent(open.db, event.id, open.now, reply ?? null);
}
