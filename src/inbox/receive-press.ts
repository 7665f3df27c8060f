/** A press becomes a turn of the button it names; it is answered at once with a toast and the card as it is now. */
import { now as clockNow } from '../clock.ts';
import type { Reply } from '../feature.ts';
import type { Answer, PressEvent } from '../messenger/port.ts';
import type { Shown } from '../outbox/render.ts';
import { findPerson } from '../people/find-person.ts';
import { may, mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { Duplicate, type InboxParts, isKept, keepEvent } from './kept-events.ts';
import { asRefusal, REFUSALS, refuse } from './refusals.ts';
import { createTurn, inTurn, type OpenTurn } from './turn.ts';

/** One press, once: a repetition is answered as before. Never throws, since Feishu does not push a press again. */
export async function receivePress(parts: InboxParts, event: PressEvent): Promise<Answer> {
  const { db, context } = parts;
  const now = clockNow();
  let pressed: Shown | undefined;
  let reply: Reply;
  try {
    reply = await inTurn(db, context, now, async (open) => {
      // A crowd presses at once: the three questions share one round trip to the database.
      const [delivery, isDuplicate, who] = await Promise.all([
        findPressed(open.db, event),
        isKept(open.db, event.id),
        findPerson(open.db, event.person, now),
      ]);
      pressed = delivery;
      if (delivery) open.pressedId = delivery.id;
      if (isDuplicate) throw new Duplicate();
      const given = await runButton(parts, open, event, delivery, who);
      await keepEvent(open.db, event.id, now, given);
      return given;
    });
  } catch (error) {
    reply = await replyToFailure(parts, event.id, error);
  }
  const answer: Answer = { toast: { type: reply.kind ?? 'info', content: reply.toast } };
  const card = reply.keepForm ? undefined : await renderPressed(parts, event, pressed, now);
  return card ? { ...answer, card } : answer;
}

async function runButton(
  { registry, context }: InboxParts,
  open: OpenTurn,
  event: PressEvent,
  pressed: Shown | undefined,
  who: Person | undefined,
): Promise<Reply> {
  const { log } = context;
  if (!who) return refuse(log, event.id, REFUSALS.stranger, 'a stranger pressed');
  const match = registry.button(event.button);
  if (!match || !pressed) return refuse(log, event.id, REFUSALS.outdated, 'an outdated or unknown button was pressed');
  if (!isFor(pressed, who.id))
    return refuse(log, event.id, REFUSALS.notYours, 'a card was pressed by somebody it was not for');
  if (!mayAnywhere(who, match.found.action))
    return refuse(log, event.id, REFUSALS.notAllowed, 'a press was not permitted');
  const { d: _, ...value } = event.value;
  const turn = {
    ...createTurn(context, match.feature.name, open),
    who,
    eventId: event.id,
    saidAt: event.at,
    may: may.bind(null, who),
    pressed: { card: pressed.card, ref: pressed.ref },
    form: event.form,
    option: event.option,
  };
  return match.found.press(turn, value);
}

/**
 * The delivery a press was made on. The press also tells us the message's id, should the worker have died before keeping it, and
 * that the screen is about to show something newer than what was sent: an edit that is on its way must be followed by another.
 */
async function findPressed(db: Transaction, event: PressEvent): Promise<Shown | undefined> {
  const id = event.value.d;
  if (typeof id !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const [pressed] = await db.sql<Shown>`
    UPDATE delivery SET "contentHash" = NULL, "messageId" = CASE WHEN "isChat" OR recipient = ${event.person} THEN COALESCE("messageId", ${event.messageId}) ELSE "messageId" END,
      revision = CASE WHEN state = 'sending' THEN revision + 1 ELSE revision END
    WHERE id = ${id}::uuid RETURNING id, feature, card, ref, recipient, "isChat", "messageId", true AS "mayBeOut", "retiredAt"`;
  return pressed;
}

function isFor(pressed: Shown, person: string): boolean {
  return pressed.isChat || pressed.recipient === person;
}

async function renderPressed(
  { db, context, render }: InboxParts,
  event: PressEvent,
  pressed: Shown | undefined,
  now: Date,
) {
  if (!pressed || !isFor(pressed, event.person)) return undefined;
  return render(db, pressed, now).catch((error: unknown) => {
    context.log.error({ err: error, delivery: pressed.id }, 'a pressed card could not be rendered');
    return undefined;
  });
}

async function replyToFailure({ db, context }: InboxParts, eventId: string, error: unknown): Promise<Reply> {
  if (error instanceof Duplicate) return readKeptReply(db, eventId);
  const refusal = asRefusal(error, context.log, eventId);
  if (refusal) return refusal;
  context.log.error({ event: eventId, err: error }, 'a press failed');
  return { toast: REFUSALS.failed, kind: 'error', keepForm: true };
}

/** What the event was answered with the first time. */
async function readKeptReply(db: Database, id: string): Promise<Reply> {
  const [event] = await db.sql<{ reply: Reply | null }>`SELECT reply FROM event WHERE id = ${id}`;
  return event?.reply ?? { toast: REFUSALS.outdated };
}
