/** What a person writes becomes a turn of the command it names; the answer is always given in private. */
import { now as clockNow } from '../basics/clock.ts';
import type { Reply } from '../feature.ts';
import type { MessageEvent } from '../messenger/port.ts';
import { findPerson } from '../people/find-person.ts';
import { may } from '../people/permissions.ts';
import { LONGEST_TEXT } from '../reading/create-reader.ts';
import { look } from '../sight.ts';
import type { Transaction } from '../storage/database.ts';
import { createTurn, inTurn, type OpenTurn, type TurnContext } from '../turn/turn.ts';
import { offer } from './choices.ts';
import { Duplicate, type InboxParts, isKept, keepEvent } from './kept-events.ts';
import { isAboutFiles, receiveFiles } from './receive-file.ts';
import { asRefusal, REFUSALS, refuse } from './refusals.ts';
import { deliverReply } from './reply-card.ts';
import { runHeard } from './run-heard.ts';
import { answerCourtesy, answerWordless, isCourtesy, isWordless, refuseLength } from './small-talk.ts';

/** One message, once. Throws `Duplicate` for a repetition, and whatever made it impossible to keep: then it is pushed again. */
export function receiveMessage(parts: InboxParts, event: MessageEvent): Promise<void> {
  return answerOnce(parts, event, (open) => runCommand(parts, open, event));
}

/**
 * Does what a person's event asks for and keeps the answer with it, in one transaction, once; what cannot be done is undone, and answered
 * with why. Throws as `receiveMessage` does.
 */
export async function answerOnce(
  { db, context }: InboxParts,
  event: { id: string; person: string },
  run: (open: OpenTurn) => Promise<Reply | undefined>,
): Promise<void> {
  const now = clockNow();
  try {
    await inTurn(db, context, now, async (open) => {
      if (await isKept(open.db, event.id)) throw new Duplicate();
      await answer(context, open, event, await run(open));
    });
  } catch (error) {
    const refusal = asRefusal(error, context.log, event.id);
    if (!refusal) throw error;
    await inTurn(db, context, now, (open) => answer(context, open, event, refusal));
  }
}

async function runCommand(
  { registry, context, hear, isAdvised = false }: InboxParts,
  open: OpenTurn,
  event: MessageEvent,
): Promise<Reply | undefined> {
  const { log } = context;
  const who = await findPerson(open.db, event.person, open.now);
  if (!who) return refuse(log, event.id, REFUSALS.stranger, 'a stranger wrote');
  if (isWordless(event)) return answerWordless(createTurn(context, 'inbox', open), event);
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
  const repliedTo = event.repliesTo ? await findDelivered(open.db, event.repliesTo, who.id) : undefined;
  const replied = registry.features.find(({ name }) => repliedTo && name === repliedTo.feature)?.replied;
  if (repliedTo && replied) {
    const card = registry.card(repliedTo.feature, repliedTo.card);
    if (!card || (await look(open.db, card, repliedTo.ref, who)).is !== 'open')
      return refuse(log, event.id, REFUSALS.notAllowed, 'a reply to a card was not permitted');
    return replied(turnFor(repliedTo.feature), repliedTo, event.text);
  }
  if (event.text.length > LONGEST_TEXT) return refuseLength(createTurn(context, 'inbox', open), event);
  const said = { text: event.text, mentions: event.mentions ?? [] };
  const heard = await hear(open.db, said, who, event.at, repliedTo?.ref);
  if (isCourtesy(heard, event.text)) return answerCourtesy(heard, event.text);
  if (heard.is === 'some') {
    const isUnknown = heard.reading.intents.is === 'unknown';
    return offer(turnFor('inbox'), event.text, heard.offered, { isUnknown, isAdvised });
  }
  const { feature, command, ...meant } = heard.meant;
  return runHeard(turnFor(feature.name), command, { text: event.text, reading: heard.reading, ...meant });
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
  context: TurnContext,
  open: OpenTurn,
  event: { id: string; person: string },
  reply: Reply | undefined,
): Promise<void> {
  if (reply) await deliverReply(createTurn(context, 'inbox', open), event.id, event.person);
  await keepEvent(open.db, event.id, open.now, reply ?? null);
}
