/** The contract between the house and a feature: what a feature declares; what a turn lets it do stands in `turn/contract.ts`. */
import { z } from 'zod';
import type { Calendar } from './calendar/calendar.ts';
import type { CardForm } from './cards/form.ts';
import type { PushPolicy, SentOut } from './delivery.ts';
import type { DigestSection } from './digest-section.ts';
import type { List } from './list.ts';
import type { Action, Actions } from './people/permissions.ts';
import type { Person } from './people/person.ts';
import type { Term } from './reading/lexicon.ts';
import type { Intent } from './reading/rank/intents.ts';
import type { Reading } from './reading/reading.ts';
import type { Reply } from './reply.ts';
import type { Settings } from './settings.ts';
import { type AtHand, type AtHandMatter, type Guard, guard, type Sight } from './sight.ts';
import type { Reader } from './storage/database.ts';
import type { PersonTurn, PressTurn, Turn } from './turn/contract.ts';

export type { Delivery, PushPolicy, SentOut } from './delivery.ts';
export { type Reply, refuse } from './reply.ts';
export type { Settings } from './settings.ts';
export type { AtHand, AtHandMatter } from './sight.ts';
export { type PersonTurn, type PressTurn, sendCard, type Turn } from './turn/contract.ts';

/** One folder under `features/`. Everything is optional but the name, which is the folder's; `called` is what people call what it sends. */
export type Feature = {
  name: string;
  called?: string;
  /** Who may do what, beyond what everybody may do for themselves; see any `actions.ts`. */
  actions?: Actions;
  /** The environment variables it reads: schemas by which `turn.settings(schema)` gives them. */
  settings?: z.ZodObject[];
  /** What people wish for in their own words, each heard by one of the commands; and words with a meaning of the feature. */
  hears?: Intent[];
  lends?: Term[];
  /** What a further sentence of a person may be about. */
  atHand?: AtHand;
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
  /** What its matters are called, by their cards' refs: all of these, or those in which a person has a part. */
  titles?: (db: Reader, refs: string[], person?: string) => Promise<Map<string, string>>;
  /** What a person has sent out, for 送达情况; and the feature's lines on a person's 今天 card. */
  sentOut?: (db: Reader, who: Person, view: Viewpoint) => Promise<SentOut[]>;
  today?: (db: Reader, who: Person, view: Viewpoint) => Promise<OpenItem[]>;
  /** What the feature contributes to the weekly digest. */
  digest?: DigestSection;
  /** A person replied in the chat to one of the feature's cards, in words: goes before every command. */
  replied?: (turn: PersonTurn, to: { card: string; ref: string }, text: string) => Promise<Reply | undefined>;
  /** The calendar has other days than when this was planned: what waits for a day or an hour is planned anew. */
  calendarChanged?: (turn: Turn) => Promise<void>;
  /** A person opened the talk with the bot: as often as they do, also whoever has been here for years. */
  entered?: (turn: Turn, who: Person) => Promise<void>;
  /** Called for what a person has opened, itself or as a line of the 今天 card, maybe more than once; nobody says when. */
  read?: (turn: Turn, read: { card: string; ref: string; person: string }) => Promise<void>;
  /** Called once for a delivery that will never arrive, with the key and ref it was delivered under; `card` may be a file's name. */
  undeliverable?: (turn: Turn, failed: { key: string; card: string; ref: string; person: string }) => Promise<void>;
  /** Called for cards that have come to people, with those that a 今天 card stood for. */
  arrived?: (turn: Turn, came: { card: string; ref: string; person: string }[]) => Promise<void>;
};

/** Something a person types, in Chinese. The first word is its name; the others are synonyms. What has none is only wished for. */
export type Command = {
  words: readonly string[];
  /** The wishes of `hears` that it answers, said in whatever words. */
  listens?: readonly string[];
  /** It is about a matter of that sort that is at hand; other features may answer the same wish for theirs. */
  about?: AtHandMatter['is'];
  /** For 帮助: what it does, in a few words, a sentence to copy, and among which wishes it stands (`own` unless said). What is
   * said in a group alone has no button here. */
  help: { does: string; example: string; under?: Wish; isForGroups?: boolean };
  /** Who may do it: the action a person must hold in at least one scope. Every person in service holds `self`. */
  action: Action;
  handle: (turn: PersonTurn, typed: Typed) => Promise<Reply | undefined>;
};

/** What people want of the bot, as 帮助 groups it: for oneself, to issue something, to record, to look something up, goods, settings. */
export type Wish = 'own' | 'send' | 'record' | 'look' | 'goods' | 'set';

/** What was typed, and what follows the command's word, if it was said. `reading` accounts for all; `about` is the ref of the matter that is meant. */
export type Typed = { text: string; rest: string; reading: Reading; about?: string };

/** Something a person presses; make it with `button`. */
export type Button = {
  action: Action;
  on: Home;
  press: (turn: PressTurn, raw: unknown, turnOf: TurnOf) => Promise<Reply>;
};
/** The turn of another feature in the same transaction: for what does others' work, as the inbox's choices do. */
export type TurnOf = (feature: string) => Turn;

/** The cards on which a button lives, `<card>` of its own feature or `<feature>/<card>` of another; pressed on any other, it does nothing. */
export type Home = readonly [string, ...string[]] | 'every card';

/** A file with its name, as people see it, and its bytes: at most 30 MB either way. A picture, at most 10 MB, is seen in the chat itself. */
export type NamedFile = { name: string; bytes: Buffer; isPicture?: boolean };

/**
 * A kind of file that the bot takes. The first upload that accepts the name and that the person may use gets the file, so
 * `accepts` should ask for more than the ending where several features read the same format.
 */
export type Upload = {
  accepts: (file: { name: string; isPicture: boolean }) => boolean;
  /** For what others accept too: whether the person was asked to send it here, at the time of sending. Then it goes first, and takes nothing else. */
  expects?: (db: Reader, who: Person, at: Date) => Promise<boolean>;
  /** For whoever sends something else: which file it takes and what for, in a few words. */
  help: string;
  action: Action;
  /** Runs in a worker. What it throws undoes what it wrote and is told to the person. */
  handle: (turn: PersonTurn, file: NamedFile) => Promise<Reply | undefined>;
};

/** State → file, made anew for each try; make it with `fileMaker`. `undefined` drops the delivery, and so does a recipient who may not see it. */
export type FileMaker = Guard & { make: (db: Reader, ref: string, viewer: Viewer) => Promise<NamedFile | undefined> };

/** Something that runs in a worker: what `prepare` does happens outside the transaction and may be in vain; what it gives runs in one. */
export type Job = { prepare: (raw: unknown, settings: Settings) => Promise<RunJob> };
export type RunJob = (turn: Turn, turnOf: TurnOf) => Promise<void>;

/** What a button that carries nothing has for a value, and a job of the timetable for a payload: whatever comes along is left out. */
const Nothing = z.object({});
type Nothing = z.infer<typeof Nothing>;

/**
 * A button whose value is parsed (a `ZodError`: an outdated card) before the handler sees it; without `value` it carries nothing. Then the
 * press was made on a card of `on` that the person may see, and they may do `action` where its matter lies.
 */
export function button<V = Nothing>(declared: {
  value?: z.ZodType<V>;
  action: Action;
  on: Home;
  handle: (turn: PressTurn, value: V, turnOf: TurnOf) => Promise<Reply>;
}): Button {
  const { action, on, handle, value = Nothing as z.ZodType<V> } = declared;
  return { action, on, press: (turn, raw, turnOf) => handle(turn, value.parse(raw), turnOf) };
}

/** A card whose `load` gets the ref parsed. */
export function card<R>({
  load,
  templates = [],
  inGroups = false,
  form,
  renew,
  ...sight
}: Sight<R> & {
  load: (db: Reader, ref: R, viewer: Viewer) => Promise<CardVariables | undefined>;
  templates?: readonly string[];
  inGroups?: boolean;
  form?: CardForm;
  renew?: Card['renew'];
}): Card {
  return {
    ...guard(sight),
    ...{ templates, inGroups, load: (db, ref, viewer) => load(db, sight.ref.parse(ref), viewer) },
    ...(form && { form }),
    ...(renew && { renew }),
  };
}

/** A maker of files whose `make` gets the ref parsed. */
export function fileMaker<R>({
  make,
  ...sight
}: Sight<R> & { make: (db: Reader, ref: R, viewer: Viewer) => Promise<NamedFile | undefined> }): FileMaker {
  return { ...guard(sight), make: (db, ref, viewer) => make(db, sight.ref.parse(ref), viewer) };
}

/** A job whose payload is parsed before the handler sees it; without `payload` it gets none. Handlers may run again until their transaction commits. */
export function job<P = Nothing>(declared: {
  payload?: z.ZodType<P>;
  handle: (turn: Turn, payload: P) => Promise<void>;
}): Job {
  return preparedJob({ ...declared, prepare: async () => undefined });
}

/** A job that first asks something of the network, for which no transaction waits. Both steps run again until the second commits. */
export function preparedJob<P = Nothing, R = unknown>(declared: {
  payload?: z.ZodType<P>;
  prepare: (payload: P, settings: Settings) => Promise<R>;
  handle: (turn: Turn, payload: P, prepared: R) => Promise<void>;
}): Job {
  const { payload: schema = Nothing as z.ZodType<P> } = declared;
  return {
    prepare: async (raw, settings) => {
      const payload = schema.parse(raw);
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
 * State → template variables, evaluated when the card is sent or a press is answered, never stored; make it with `card`. Whoever may not
 * see what it is about (`sight.ts`) is sent nothing, and on their screen it closes, whatever would be loaded. `undefined` says that there
 * is nothing left to show: the delivery is dropped; `CLOSED`, that the viewer has no part in it. A variable `template` names another
 * template than the card's own, when a card looks different from state to state: `<card>-…`, or one of `templates`.
 */
export type Card = Guard & {
  /** The fields of its forms; `load` then gives what they hold (`holds`) and offer (`options`). */
  form?: CardForm;
  templates: readonly string[];
  /** Whether it may be sent to a group, where everybody sees it: then `viewer` has no person. */
  inGroups: boolean;
  load: (db: Reader, ref: string, viewer: Viewer) => Promise<CardVariables | undefined>;
  /** Other cards of the feature about the same matter that say whom this one has reached, the chief one first: shown anew when it reaches somebody. */
  reaching?: [string, ...string[]];
  /**
   * For a card whose matter may last longer than the 14 days in which Feishu lets a message be pressed and edited. Called before that,
   * in a batch, with whoever holds no younger one: the feature delivers under another key what is still open. The old ones are
   * rendered once more, with `viewer.isRetired`.
   */
  renew?: (turn: Turn, retired: { ref: string; person: string }[]) => Promise<void>;
};
export type CardVariables = { template?: string } & Record<string, unknown>;
/** What a `load` gives for a viewer who has no part in the matter: the card closes, as for whoever may not see it. */
export const CLOSED: CardVariables = Object.freeze({});

/**
 * Whom a card is rendered for, with the roles they hold now, at which instant, whether it is on their screen already (else it is about
 * to be sent; `isUnasked`: as a push, which should not come once its matter is over), and whether it is about to become too old to be
 * pressed: then it should say so.
 */
export type Viewer = {
  person?: string;
  who?: Person;
  chat?: string;
  now: Date;
  isSent: boolean;
  isUnasked: boolean;
  isRetired: boolean;
  calendar: Calendar;
  policy: PushPolicy;
  settings: Settings;
};

/** When, and by which calendar. */
export type Viewpoint = Pick<Viewer, 'now' | 'calendar'>;

/** A line on the 今天 card: what is open for a person, and the button that opens it. */
export type OpenItem = { title: string; due?: Date; open: { button: string; value: Record<string, string> } };
