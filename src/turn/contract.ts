/** What a turn lets a feature do: one transaction in which it writes its state and what should be said. */
import type { Logger } from '../basics/log.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { Delivery, PushPolicy } from '../delivery.ts';
import type { Action, Scope } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import type { Settings } from '../settings.ts';
import type { Transaction } from '../storage/database.ts';

/** One database transaction in which a feature writes its state and what should be said. */
export type Turn = {
  now: Date;
  db: Transaction;
  log: Logger;
  calendar: Calendar;
  policy: PushPolicy;
  settings: Settings;
  /** Says what somebody should see; a worker sends it after the commit. Delivered again under the same key, it is edited. */
  deliver: (...deliveries: Delivery[]) => Promise<void>;
  /**
   * Marks what was delivered of a card as changed, for everybody or for one person. It is rendered anew at most once every two
   * seconds, and marking never waits for anybody else, so a crowd may mark the same card at once.
   */
  refresh: (...cards: { card: string; ref: string; person?: string }[]) => Promise<void>;
  /**
   * Takes back all that was delivered of a card: what has not gone never will, what is out vanishes from the chat. Where the messenger
   * does not allow it any more, the card is rendered once more instead. For good: such a key cannot be delivered again.
   */
  recall: (...cards: { card: string; ref: string }[]) => Promise<void>;
  /** Runs `job` of this feature after the commit, or at `at`. A `key` makes it one of its kind: said again, it is moved. */
  later: (job: string, payload: Record<string, unknown>, when?: { at?: Date; key?: string }) => Promise<void>;
  /** Takes back what `later` said under `key`, if it has not run. */
  cancel: (key: string) => Promise<void>;
};

/** A turn that a person began. */
export type PersonTurn = Turn & {
  who: Person;
  /** The id of the message or press: the natural key for what answers it. */
  eventId: string;
  /** When it was written or pressed, by the messenger's clock: what "下周五" counts from, however late it arrives. */
  saidAt: Date;
  /** The chat of a group that mentions the bot, when it was written there; what answers it goes to the person alone. */
  group?: string;
  /** Whether the person may do `action` within `scope`. */
  may: (action: Action, scope: Scope) => boolean;
};

/** Sends a card of the turn's feature to whoever began the turn: anew for each message or press, and at once. */
export function sendCard(turn: PersonTurn, card: string, ref: string): Promise<void> {
  const to = { person: turn.who.id };
  return turn.deliver({ key: `${card}:${ref}:${turn.eventId}`, to, card, ref, push: 'answer' });
}

/** A turn that a press began: the card it was made on, what stands in its form, what was chosen outside a form. */
export type PressTurn = PersonTurn & {
  pressed: { card: string; ref: string };
  form: Record<string, unknown>;
  option: string | undefined;
};
