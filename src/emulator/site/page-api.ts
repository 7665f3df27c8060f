/**
 * What the emulator's page and its server say to each other: JSON under `/emulator/api`, and what happens as
 * server-sent events. Types only, and schemas for what the page posts, so that the page can import this file too.
 *
 * | call | body | answer |
 * |---|---|---|
 * | `GET people` | | `PeopleAnswer` |
 * | `GET people/:person/chats` | | `ChatsAnswer` |
 * | `GET people/:person/chats/:chat/messages?before=<message id>&limit=<1–200>` | | `MessagesAnswer` |
 * | `POST people/:person/chats/:chat/texts` | `TextPost` | `SentAnswer` |
 * | `POST people/:person/chats/:chat/files?name=<file name>` | the bytes, `application/octet-stream` | `SentAnswer` |
 * | `POST people/:person/chats/:chat/enter` | `{}` | `{}`: the chat was opened, the bot hears of it |
 * | `POST people/:person/chats/:chat/read` | `{}` | `{}`: everything in the chat counts as read |
 * | `POST people/:person/messages/:message/press` | `PressPost` | `PressAnswer` |
 * | `POST people/:person/menu` | `MenuPost` | `{}`: a bot menu item was chosen |
 * | `POST people/:person/transfer` | `TransferPost` | `{}`: the person moves to another unit |
 * | `POST people/:person/leave` | `{}` | `{}`: the person leaves the tenant |
 * | `GET files/:key` | | the bytes of an image or file |
 * | `GET clock` | | `Clock` |
 * | `POST clock` | `ClockPost` | `Clock` |
 * | `GET faults` | | `Faults` |
 * | `PUT faults` | `FaultsPost` | `Faults` |
 * | `POST connections/drop` | `{}` | `{}`: every long connection is cut |
 * | `GET calls?message=<message id>&limit=<1–500>` | | `CallsAnswer`, newest first |
 * | `GET timetable` | | whatever the bot's timetable looks like; 404 without one |
 * | `GET cards` | | `CardsAnswer`; 404 without a gallery |
 * | `GET stream` | | server-sent events: `data:` is one `StreamEvent` as JSON |
 *
 * Anything refused is answered with HTTP 400 or 404 and an `ErrorAnswer`.
 */

import { z } from 'zod';
import type { OTHER_MESSAGES } from './other-messages.ts';

export type ErrorAnswer = { error: string };

/** A unit; `parentId` is `0` at the top, `path` are the names from the top joined with ` / `. */
export type PageUnit = { id: string; name: string; parentId: string; path: string; order: number };

/** Somebody whose part can be played. */
export type PagePerson = {
  id: string;
  name: string;
  /** The main unit; null for somebody who is in none. */
  unitId: string | null;
  unitPath: string;
  branch: string;
  politics: string;
  jobTitle: string;
  /** A role worth showing, such as 支部书记. */
  badge?: string;
  /** Messages not read yet, in all chats. */
  unread: number;
  hasLeft: boolean;
};
export type PeopleAnswer = { bot: PageBot; units: PageUnit[]; people: PagePerson[] };
/** The bot, and its menu as everybody has it below the talk with it. */
export type PageBot = { id: string; name: string; menu: { name: string; key: string }[] };

/** A chat as one person sees it: the talk with the bot (`p2p`, always there and always first) or a group. */
export type PageChat = {
  id: string;
  kind: 'p2p' | 'group';
  name: string;
  memberCount: number;
  unread: number;
  /** The newest message in a line, and when it was written (ISO); absent while the chat is empty. */
  last?: { line: string; at: string };
};
export type ChatsAnswer = { chats: PageChat[] };

export type MessageType = 'text' | 'post' | 'image' | 'file' | 'interactive' | keyof typeof OTHER_MESSAGES;

/** A message as one person sees it. Instants are ISO. */
export type PageMessage = {
  id: string;
  chatId: string;
  sender: { kind: 'bot' | 'person'; id: string; name: string };
  type: MessageType;
  /**
   * Feishu's content, parsed: `{text}`, `{title, content}`, `{image_key}`, `{file_key, file_name}`;
   * for `interactive` the whole Card JSON. null once the message is recalled.
   */
  content: unknown;
  /** The message this one replies to. */
  parentId?: string;
  createdAt: string;
  updatedAt: string;
  isEdited: boolean;
  isRecalled: boolean;
  isRead: boolean;
  /** The bot asked for attention with an in-app urgent notice. */
  isUrgent: boolean;
};
/** Oldest first. `hasMore` says that there are older ones. */
export type MessagesAnswer = { messages: PageMessage[]; hasMore: boolean };

/** What somebody types. In a group the bot hears it only when `mentionsBot`; Feishu then puts `@_user_1 ` before it. */
export const TextPost = z.object({ text: z.string().min(1).max(10_000), mentionsBot: z.boolean().default(false) });
export type TextPost = z.infer<typeof TextPost>;
export type SentAnswer = { messageId: string };

/**
 * What somebody did to a card, in Feishu's names. Outside a form: `value` of a button, `option` of a selector or picker,
 * `input_value` of an input, `checked` of a checker. A form's submit button sends its `name` and `form_value`.
 */
export const PressPost = z.object({
  tag: z.string().min(1).default('button'),
  name: z.string().optional(),
  value: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  form_value: z.record(z.string(), z.unknown()).optional(),
  option: z.string().optional(),
  options: z.array(z.string()).optional(),
  input_value: z.string().optional(),
  checked: z.boolean().optional(),
});
export type PressPost = z.input<typeof PressPost>;

export type Toast = { type: 'info' | 'success' | 'warning' | 'error'; content: string };

/**
 * What the person who pressed sees. `card` is the new content, when the answer brought one (a `message` event follows too).
 * `code` is Feishu's: 200340 no address, 200341 too slow, 200342 no connection, 200343 unknown host, 200530 nameless form
 * component, 200671 not HTTP 200, 200672 unreadable answer, 200673 bad card in the answer, 200830 not a 2.0 card.
 */
export type PressAnswer =
  | { ok: true; toast?: Toast; card?: Record<string, unknown> }
  | { ok: false; code: number; message: string };

export const MenuPost = z.object({ eventKey: z.string().min(1).max(64) });
export type MenuPost = z.infer<typeof MenuPost>;

export const TransferPost = z.object({ unitId: z.string().min(1) });
export type TransferPost = z.infer<typeof TransferPost>;

/**
 * The clock everybody in this process lives by; `movedByMs` is 0 while it tells the real time. `nextWorkday` is the
 * first workday, `2026-11-27`, on which 09:00 is still to come.
 */
export type Clock = { now: string; movedByMs: number; nextWorkday: string };
/** The instant to move to, ISO with offset; null goes back to the real time. */
export const ClockPost = z.object({ to: z.iso.datetime({ offset: true }).nullable() });
export type ClockPost = z.infer<typeof ClockPost>;

const Share = z.number().min(0).max(1);

/** What goes wrong on purpose. Shares are of the bot's calls that create, edit or recall messages, between 0 and 1. */
export const Faults = z.object({
  /** Each event is pushed a second time. */
  pushTwice: z.boolean(),
  /** Each event is pushed so many milliseconds later; callbacks are not held back. */
  pushLateMs: z.number().int().min(0).max(600_000),
  /** Each event waits for the next one and is pushed after it; a lone one waits two seconds. */
  pushReordered: z.boolean(),
  /** HTTP 429, code 99991400, with the headers that say when to come back. */
  rateLimitedShare: Share,
  /** HTTP 400, code 230020: too many messages to one person or group. */
  chatLimitedShare: Share,
  /** HTTP 500. The call was not carried out. */
  errorShare: Share,
  /** No answer, ever: the connection stays open. The call was not carried out. */
  silentShare: Share,
  /** No answer, ever, but the call was carried out. */
  lostAnswerShare: Share,
});
export type Faults = z.infer<typeof Faults>;
/** Only the switches that change. */
export const FaultsPost = Faults.partial();
export type FaultsPost = z.infer<typeof FaultsPost>;

/** One exchange between the bot and Feishu. `out` is a call of the bot, `in` a push to it. Secrets and tokens are blanked. */
export type WireCall = {
  id: number;
  at: string;
  direction: 'out' | 'in';
  method: string;
  path: string;
  /** HTTP status; 0 when there was no answer. On a long connection the status in its acknowledgement. */
  status: number;
  /** Feishu's code in the answer; null when there is none. */
  code: number | null;
  durationMs: number;
  request: unknown;
  response: unknown;
  messageId?: string;
};
export type CallsAnswer = { calls: WireCall[] };

/** A card of the gallery, drawn from its sample data. */
export type GalleryCard = { feature: string; card: string; json: unknown; problems: GalleryProblem[] };
/** What Feishu would say against a card; `code` is its sub-code, `path` leads to the place in the JSON. */
export type GalleryProblem = { path: string; rule: string; code: number; message: string };
export type CardsAnswer = { cards: GalleryCard[] };

/** Something happened: read again what it touches. */
export type StreamEvent =
  /** A message is new, edited or recalled; `people` are those who see it, except the bot. */
  | { kind: 'message'; chatId: string; messageId: string; people: string[] }
  /** Somebody read a chat. */
  | { kind: 'read'; chatId: string; person: string }
  /** Units, people or groups changed. */
  | { kind: 'people' }
  | { kind: 'clock'; clock: Clock }
  | { kind: 'faults'; faults: Faults }
  /** The wire log grew. */
  | { kind: 'call'; call: WireCall };
