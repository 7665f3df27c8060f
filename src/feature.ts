/** The contract between the house and a feature: what a feature declares, and what a turn lets it do. */
import type { z } from 'zod';
import type { Calendar } from './calendar/calendar.ts';
import type { DigestSection } from './digest-section.ts';
import type { List } from './list.ts';
import type { Logger } from './log.ts';
import type { Action, Scope } from './people/permissions.ts';
import type { Person } from './people/person.ts';
import type { Reader, Transaction } from './storage/database.ts';

/** One folder under `features/`. Everything is optional but the name, which is the folder's. */
export type Feature = {
  name: string;
  /** What a person types. */
  commands?: Record<string, Command>;
  /** What a person presses; on the wire `<feature>/<button>`. */
  buttons?: Record<string, Button>;
  /** What a person sends as a file. */
  uploads?: Record<string, Upload>;
  /** What runs in a worker, by the clock or because a turn said `later`. */
  jobs?: Record<string, Job>;
  timetable?: TimetableEntry[];
  /** What people see; each has a template `cards/<feature>/<card>.json`. */
  cards?: Record<string, Card>;
  /** What people are given as a file. */
  files?: Record<string, FileMaker>;
  /** What people send in, or get out, as xlsx. */
  lists?: Record<string, List>;
  /** The feature's lines on a person's 今天 card. */
  today?: (db: Reader, who: Person, now: Date) => Promise<OpenItem[]>;
  /** What the feature contributes to the weekly digest. */
  digest?: DigestSection;
  /** A person replied in the chat to one of the feature's cards, in words: goes before every command. */
  replied?: (turn: PersonTurn, to: { card: string; ref: string }, text: string) => Promise<Reply | undefined>;
  /** Called once for a delivery that will never arrive, with the key and ref it was delivered under; `card` may be a file's name. */
  undeliverable?: (turn: Turn, failed: { key: string; card: string; ref: string; person: string }) => Promise<void>;
};

/** Something a person types, in Chinese. The first word is its name; the others are synonyms. */
export type Command = {
  words: [string, ...string[]];
  /** Recognises a sentence that does not begin with one of the words. */
  recognises?: (text: string) => boolean;
  /** For 帮助: what it does, in a few words, and a sentence to copy. */
  help: { does: string; example: string };
  /** Who may do it: the action a person must hold in at least one scope. Every person in service holds `self`. */
  action: Action;
  handle: (turn: PersonTurn, typed: { text: string; rest: string }) => Promise<Reply | undefined>;
};

/** Something a person presses; make it with `button`. */
export type Button = { action: Action; press: (turn: PressTurn, raw: unknown) => Promise<Reply> };

/** A file with its name, as people see it, and its bytes: at most 30 MB either way. A picture, at most 10 MB, is seen in the chat itself. */
export type NamedFile = { name: string; bytes: Buffer; isPicture?: boolean };

/**
 * A kind of file that the bot takes. The first upload that accepts the name and that the person may use gets the file, so
 * `accepts` should ask for more than the ending where several features read the same format.
 */
export type Upload = {
  accepts: (file: { name: string; isPicture: boolean }) => boolean;
  /**
   * For what others accept too: whether the person was asked to send it here, as `at` stands when it was sent. Such an upload goes
   * before the others, and takes nothing that it does not expect.
   */
  expects?: (db: Reader, who: Person, at: Date) => Promise<boolean>;
  /** For whoever sends something else: which file it takes and what for, in a few words. */
  help: string;
  action: Action;
  /** Runs in a worker. What it throws undoes what it wrote and is told to the person. */
  handle: (turn: PersonTurn, file: NamedFile) => Promise<Reply | undefined>;
};

/** State → file, made when it is sent and made anew for each try. `undefined` drops the delivery. */
export type FileMaker = { make: (db: Reader, ref: string, viewer: Viewer) => Promise<NamedFile | undefined> };

/**
 * Something that runs in a worker; make it with `job` or `preparedJob`. What `prepare` does happens outside the transaction
 * and may be in vain; what it resolves with is run in one.
 */
export type Job = { prepare: (raw: unknown, settings: Settings) => Promise<RunJob> };
/** `turnOf` is the turn of another feature in the same transaction: for the house's own jobs, and for `lists`. */
export type RunJob = (turn: Turn, turnOf: (feature: string) => Turn) => Promise<void>;

/** A button whose value is parsed before the handler sees it. A value that does not parse throws a `ZodError`: an outdated card. */
export function button<V>(declared: {
  value: z.ZodType<V>;
  action: Action;
  handle: (turn: PressTurn, value: V) => Promise<Reply>;
}): Button {
  return { action: declared.action, press: (turn, raw) => declared.handle(turn, declared.value.parse(raw)) };
}

/** A job whose payload is parsed before the handler sees it. Handlers may run again until their transaction commits. */
export function job<P>(declared: { payload: z.ZodType<P>; handle: (turn: Turn, payload: P) => Promise<void> }): Job {
  return preparedJob({ ...declared, prepare: async () => undefined });
}

/** A job that first asks something of the network, for which no transaction waits. Both steps run again until the second commits. */
export function preparedJob<P, R>(declared: {
  payload: z.ZodType<P>;
  prepare: (payload: P, settings: Settings) => Promise<R>;
  handle: (turn: Turn, payload: P, prepared: R) => Promise<void>;
}): Job {
  return {
    prepare: async (raw, settings) => {
      const payload = declared.payload.parse(raw);
      const prepared = await declared.prepare(payload, settings);
      return (turn) => declared.handle(turn, payload, prepared);
    },
  };
}

/** A recurring job: a cron expression in the configured time zone, which the owner's settings may decide. */
export type TimetableEntry = {
  name: string;
  cron: string | ((settings: Settings) => string);
  job: string;
  onlyOnWorkdays?: boolean;
};

/**
 * State → template variables, evaluated when the card is sent or a press is answered, never stored.
 * `undefined` says that there is nothing left to show: the delivery is dropped. A variable `template` names another template of
 * the feature than the card's own, when a card looks different from state to state.
 */
export type Card = {
  load: (db: Reader, ref: string, viewer: Viewer) => Promise<CardVariables | undefined>;
  /**
   * For a card whose matter may last longer than the 14 days in which Feishu lets a message be pressed and edited. Called before that,
   * in a batch, with whoever holds no younger one: the feature delivers under another key what is still open. The old ones are
   * rendered once more, with `viewer.isRetired`.
   */
  renew?: (turn: Turn, retired: { ref: string; person: string }[]) => Promise<void>;
};
export type CardVariables = { template?: string } & Record<string, unknown>;
/**
 * Whom a card is rendered for, at which instant, whether it is on their screen already (else it is about to be sent), and whether it
 * is about to become too old to be pressed: then it should say so.
 */
export type Viewer = {
  person?: string;
  chat?: string;
  now: Date;
  isSent: boolean;
  isRetired: boolean;
  calendar: Calendar;
  policy: PushPolicy;
  settings: Settings;
};

/** A line on the 今天 card: what is open for a person, and the button that opens it. */
export type OpenItem = { title: string; due?: Date; open: { button: string; value: Record<string, string> } };

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

/**
 * What a press or a message is answered with. A refusal is a reply too. A pressed card is shown anew with it, unless `keepForm`
 * asks to leave it as it is, with what the person has filled in.
 */
export type Reply = { toast: string; kind?: 'info' | 'success' | 'warning' | 'error'; keepForm?: boolean };

/** What somebody should see: a card, or a file. A file is sent once; delivered again under the same key, nothing happens. */
export type Delivery = DeliveryTerms &
  (
    | { /** A name in the feature's `cards`. */ card: string; file?: undefined }
    | { /** A name in the feature's `files`. */ file: string; card?: undefined }
  );
type DeliveryTerms = {
  /** Unique within the feature: one key, one message, for ever. */
  key: string;
  to: { person: string } | { chat: string };
  /** What the card or file is about: an id, never a text. */
  ref: string;
  /**
   * `answer` (the person is waiting in the chat: sent at once), `quiet` (the notification policy chooses the moment),
   * `urgent` (passes the policy, and is logged). An edit of a card that was sent is none of the three: it notifies nobody.
   */
  push: 'answer' | 'quiet' | 'urgent';
  /**
   * For a quiet push: it is also a line on the person's 今天 card. Several such pushes that wait for a person at the same time come
   * as that card, one message, instead.
   */
  gathers?: boolean;
  /** Not before this instant. */
  notBefore?: Date;
  /** Not after this instant: what would come later is dropped. */
  notAfter?: Date;
};

/** The notification policy as a feature may ask it. */
export type PushPolicy = { nextQuietPush: (from: Date) => Date };

/** What the owner has set for the features; see `config.ts`. */
export type Settings = {
  /** Whether persons may be ranked. */
  rankings: boolean;
  /** A unit's leader hears of a study task when more than this share of those who could do it, 0 to 1, are open. */
  leaderNoticeShare: number;
  /** Where the day's heat is read: a service or a file, or neither; the season as months, both included. */
  weather: {
    url: string | undefined;
    key: string | undefined;
    location: string;
    file: string | undefined;
    season: { from: number; until: number };
  };
  /** The time of day of the weekly digest, `17:07`. */
  digestAt: string;
};
