/** A press becomes a turn of the button it names; it is answered at once with a toast and the card as it is now. */
import { now as clockNow } from '../basics/clock.ts';
import type { Button, Feature, Reply } from '../feature.ts';
import type { Answer, PressEvent } from '../messenger/port.ts';
import { type Shown, UnreadableRef } from '../outbox/render.ts';
import { findPerson } from '../people/find-person.ts';
import { may, mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import { look, mayIn } from '../sight.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { Registry } from '../turn/registry.ts';
import { createTurn, inTurn, type OpenTurn } from '../turn/turn.ts';
import { Duplicate, type InboxParts, keepEvent } from './kept-events.ts';
import { asRefusal, REFUSALS, refuse } from './refusals.ts';

/** One press, once: a repetition is answered as before. Never throws, since Feishu does not push a press again. */
export async function receivePress(parts: InboxParts, event: PressEvent): Promise<Answer> {
  const { db, context } = parts;
  const now = clockNow();
  let pressed: Shown | undefined;
  let who: Person | undefined;
  let reply: Reply;
  try {
    reply = await inTurn(
      db,
      context,
      now,
      async (open) => {
        const opened = await openPress(open.db, event, now);
        pressed = opened.pressed ?? undefined;
        who = opened.who ?? undefined;
        open.marks = [];
        if (pressed) open.pressedId = pressed.id;
        if (opened.isKept) throw new Duplicate();
        return runButton(parts, open, event, pressed, who);
      },
      (open, given) => keepEvent(open.db, event.id, now, given, open.marks),
    );
  } catch (error) {
    reply = await replyToFailure(parts, event.id, error);
  }
  const answer: Answer = { toast: { type: reply.kind ?? 'info', content: reply.toast } };
  const card = reply.keepForm ? undefined : await renderPressed(parts, event, pressed, who, now);
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
  const refusal = await objectToPress(registry, open.db, match, pressed, who);
  if (refusal) return refuse(log, event.id, REFUSALS[refusal.as], refusal.why);
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
  return match.found.press(turn, value, (feature) => createTurn(context, feature, open));
}

/**
 * The one place that decides whether a press may do anything: the card is one that the button lives on, the presser may see it as they
 * stand now, and may do the button's action where the card's matter lies. What lives on every card is about none.
 */
async function objectToPress(
  registry: Registry,
  db: Transaction,
  { feature, found: { action, on } }: { feature: Feature; found: Button },
  pressed: Shown,
  who: Person,
): Promise<{ as: keyof typeof REFUSALS; why: string } | undefined> {
  const notAllowed = { as: 'notAllowed', why: 'a press was not permitted' } as const;
  if (on === 'every card') return mayAnywhere(who, action) ? undefined : notAllowed;
  const card = registry.card(pressed.feature, pressed.card);
  const isHome =
    on.includes(`${pressed.feature}/${pressed.card}`) ||
    (pressed.feature === feature.name && on.includes(pressed.card));
  if (!card || !isHome) return { as: 'outdated', why: 'a button was pressed on a card that it does not live on' };
  const seen = pressed.isChat ? { is: 'open' as const, matter: {} } : await look(db, card, pressed.ref, who);
  if (seen.is === 'gone') return { as: 'outdated', why: 'a card was pressed whose matter is gone' };
  return seen.is === 'closed' || !mayIn(who, action, seen.matter) ? notAllowed : undefined;
}

/** What a press is about: the delivery it was made on, who pressed, and whether the same press was kept before. */
type OpenedPress = { pressed: Shown | null; who: Person | null; isKept: boolean };

/**
 * Reads all of it in one statement, since a crowd presses at once. The press also tells us the message's id, should the worker have
 * died before keeping it, and that the screen is about to show something newer than what was sent: an edit that is on its way must be
 * followed by another.
 */
async function openPress(db: Transaction, event: PressEvent, now: Date): Promise<OpenedPress> {
  const { d } = event.value;
  const id = typeof d === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(d) ? d : null;
  const [opened] = await db.sql<OpenedPress>`
    WITH pressed AS (
      UPDATE delivery SET "contentHash" = NULL, "messageId" = CASE WHEN "isChat" OR recipient = ${event.person} THEN COALESCE("messageId", ${event.messageId}) ELSE "messageId" END,
        revision = CASE WHEN state = 'sending' THEN revision + 1 ELSE revision END
      WHERE id = ${id}::uuid RETURNING id, feature, card, ref, recipient, "isChat", "messageId", true AS "mayBeOut", "retiredAt" IS NOT NULL AS "isRetired")
    SELECT (SELECT to_json(pressed) FROM pressed) AS pressed,
      (SELECT to_json(who) FROM person_in_service(${event.person}, ${now}) AS who) AS who,
      EXISTS (SELECT 1 FROM event WHERE id = ${event.id}) AS "isKept"`;
  return opened ?? { pressed: null, who: null, isKept: false };
}

function isFor(pressed: Shown, person: string): boolean {
  return pressed.isChat || pressed.recipient === person;
}

/** The pressed card as it is now. What asks for a role asks for those that are left after the press; a part of one's own stays one's own. */
async function renderPressed(
  { db, registry, context, render }: InboxParts,
  event: PressEvent,
  pressed: Shown | undefined,
  who: Person | undefined,
  now: Date,
) {
  if (!pressed || !isFor(pressed, event.person)) return undefined;
  try {
    const isOwn = registry.card(pressed.feature, pressed.card)?.action === 'self';
    return await render(db, pressed, now, isOwn ? who : await findPerson(db, event.person, now));
  } catch (error) {
    if (!(error instanceof UnreadableRef))
      context.log.error({ err: error, delivery: pressed.id }, 'a pressed card could not be rendered');
    return undefined;
  }
}

/** A press that came twice at once may fail on what the first one did: it is answered as the first. */
async function replyToFailure({ db, context }: InboxParts, eventId: string, error: unknown): Promise<Reply> {
  const kept = await readKeptReply(db, eventId).catch(() => undefined);
  if (kept) return kept;
  const refusal = error instanceof Duplicate ? { toast: REFUSALS.outdated } : asRefusal(error, context.log, eventId);
  if (refusal) return refusal;
  context.log.error({ event: eventId, err: error }, 'a press failed');
  return { toast: REFUSALS.failed, kind: 'error', keepForm: true };
}

/** What the event was answered with the first time. */
async function readKeptReply(db: Database, id: string): Promise<Reply | undefined> {
  const [event] = await db.sql<{ reply: Reply | null }>`SELECT reply FROM event WHERE id = ${id}`;
  return event?.reply ?? undefined;
}
