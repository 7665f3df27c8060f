/** What the house asks of a messenger and hears from it. Feishu's own shapes go no further than this folder. */

/** Something that happened in the messenger, with an id that stays the same however often it is pushed. */
export type Event = MessageEvent | PressEvent | ContactsEvent | ReadEvent | EnterEvent | MenuEvent;

/** A person wrote to the bot, alone or in a group that mentions it. `id` is the message id. */
export type MessageEvent = {
  kind: 'message';
  id: string;
  at: Date;
  person: string;
  chat: string;
  isGroup: boolean;
  /** What was typed, mentions of the bot removed; empty when a file or picture was sent alone. */
  text: string;
  /** People who are mentioned in the text: from `at` on, for `length` UTF-16 units. */
  mentions?: { at: number; length: number; name: string; id?: string; isAll?: boolean }[];
  files: SentFile[];
  /** What was sent instead of a text, a file or a picture. */
  other?: OtherContent;
  /** The message that it replies to. */
  repliesTo?: string;
};

/** What people send that cannot be read for its words; `unknown` is a kind that the port has no word for. */
export type OtherContent = 'sticker' | 'voice' | 'video' | 'location' | 'card' | 'forward' | 'unknown';

/** A file or picture in a message. A picture has no name of its own in Feishu; it is called 照片.jpg whatever its format. */
export type SentFile = { key: string; name: string; isPicture: boolean };

/** A person pressed something on a card. */
export type PressEvent = {
  kind: 'press';
  id: string;
  at: Date;
  person: string;
  chat: string;
  messageId: string;
  /** `<feature>/<button>`, or an empty string when the component names none. */
  button: string;
  /** What the button carries, always strings to values as the card wrote them. */
  value: Record<string, unknown>;
  /** What stands in the form, by component name; empty outside a form. */
  form: Record<string, unknown>;
  /** What was chosen on a selector or picker outside a form. */
  option?: string;
};

/** Somebody or some unit changed in the contacts: time to read them again. */
export type ContactsEvent = { kind: 'contacts'; id: string; at: Date };

/** A person opened messages of the bot in the talk with it: whose and which, and on purpose not when. */
export type ReadEvent = { kind: 'read'; id: string; person: string; messages: string[] };

/** A person opened the talk with the bot. */
export type EnterEvent = { kind: 'entered'; id: string; at: Date; person: string };

/** A person chose an item of the bot's menu; `key` is what the console gave the item. */
export type MenuEvent = { kind: 'menu'; id: string; at: Date; person: string; key: string };

/** What a press is answered with on the spot. */
export type Answer = { toast?: { type: 'info' | 'success' | 'warning' | 'error'; content: string }; card?: CardJson };

/** Takes an event and resolves once it is durable; a press resolves with its answer. Throws when it could not be kept. */
export type Receive = (event: Event) => Promise<Answer | undefined>;

/** A finished card, Card JSON 2.0. */
export type CardJson = Record<string, unknown>;

/** A message of words alone, each line shown letter by letter: nothing in it is markup, and nothing can be pressed. */
export type Plain = { title: string; lines: string[] };

/** What the house calls. Every call has a timeout and throws `MessengerError` only. */
export type Messenger = {
  /** Creates a message. The same `uuid` (at most 50 characters) within an hour creates it once. */
  create: (to: { person: string } | { chat: string }, card: CardJson, uuid: string) => Promise<{ messageId: string }>;
  /** As `create`, with words instead of a card. */
  createPlain: (
    to: { person: string } | { chat: string },
    plain: Plain,
    uuid: string,
  ) => Promise<{ messageId: string }>;
  /**
   * As `create`, with a file of 1 byte to 30 MB, or a picture of at most 10 MB that is seen in the chat itself. The bytes go up first,
   * so they may do so in vain, or again.
   */
  createFile: (
    to: { person: string } | { chat: string },
    file: { name: string; bytes: Buffer; isPicture?: boolean },
    uuid: string,
  ) => Promise<{ messageId: string }>;
  /** The bytes of a file that a person sent in a message; more than 30 MB are `refused` as `too-large`. */
  download: (messageId: string, file: Pick<SentFile, 'key' | 'isPicture'>) => Promise<Buffer>;
  /** Edits a card that was sent at most 14 days ago. */
  patch: (messageId: string, card: CardJson) => Promise<void>;
  /** Takes a message back, where the tenant's recall window allows it. */
  recall: (messageId: string) => Promise<void>;
  /** All units, page by page. */
  units: () => AsyncIterable<ContactUnit>;
  /** The direct members of a unit, page by page; `0` is the root. */
  members: (unitId: string) => AsyncIterable<ContactPerson>;
};

/** A department of the contacts; `parentId` is `0` at the top. */
export type ContactUnit = { id: string; name: string; parentId: string; leaderId?: string; sort: number };

/** A user of the contacts. A field whose scope was not granted is absent. */
export type ContactPerson = {
  id: string;
  name: string;
  unitIds: string[];
  /** 1 is a regular employee (民警); others are auxiliaries. */
  employeeType?: number;
  /** The number by which the organisation knows the person (工号, 警号). */
  employeeNo?: string;
  /** The texts of the tenant's own fields, by field id. */
  fields: Record<string, string>;
  isActivated: boolean;
  isFrozen: boolean;
  hasLeft: boolean;
};

/**
 * A call that failed. `rate-limited`: later, without using up an attempt; `gone`: the message or person is no more;
 * `refused`: will never work as it is; `content`: the same, for what is in the message, or for a reason that nobody knows; `unknown`: may
 * have worked, try again with the same uuid; `unexplained`: the same, but nothing says that it will ever be otherwise.
 */
export class MessengerError extends Error {
  readonly kind: 'rate-limited' | 'gone' | 'refused' | 'content' | 'unknown' | 'unexplained';
  /** Feishu's code, or `http-500`, `timeout`, `network`, `unreadable`, `too-large`, `unexpected`. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(kind: MessengerError['kind'], code: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(`the messenger call failed: ${kind} (${code})`, options);
    this.name = 'MessengerError';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
