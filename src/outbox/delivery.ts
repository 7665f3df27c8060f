/** A delivery on its way: the row in a worker's hands, and what became of it; what the worker's steps share. */

import type { Logger } from '../basics/log.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { Delivery, HoldReason } from '../delivery.ts';
import type { CardJson, Messenger } from '../messenger/port.ts';
import type { Person } from '../people/person.ts';
import type { Database, Reader } from '../storage/database.ts';
import type { CallLimits } from './limits.ts';
import type { PushSettings } from './policy.ts';
import type { MakeFile, RenderDelivery } from './render.ts';

/** The `failure` of a row whose card or file could not be made. */
export const NOT_MADE = 'not-made';

export type SenderParts = {
  db: Database;
  render: RenderDelivery;
  makeFile: MakeFile;
  messenger: Messenger;
  limits: CallLimits;
  policy: PushSettings;
  calendar: Calendar;
  log: Logger;
  /** The card whose words say, in the place of buttons, how to get on without the card that was refused. */
  fillNotice: (situation: { hasWords: boolean; isAnswer: boolean; isOnToday: boolean; isChat: boolean }) => CardJson;
  /** Writes the outcomes together with what follows from them: all or nothing. */
  keepOutcomes: (came: Came, write: (db: Reader) => Promise<void>) => Promise<void>;
};

/** What has arrived, what never will, and what was refused for its content or could not be made. */
export type Came = { arrived: Addressed[]; lost: Addressed[]; broken: Broken[] };

/** What was delivered about which matter, and to whom. */
export type Addressed = Pick<ClaimedDelivery, 'key' | 'feature' | 'card' | 'ref' | 'recipient' | 'isChat'>;

/** A delivery whose card or file is at fault; `isUnanswered` where somebody who waits for it gets nothing at all. */
export type Broken = Pick<ClaimedDelivery, 'id' | 'feature' | 'card' | 'isFile' | 'recipient'> & {
  failure: string;
  isUnanswered: boolean;
};

/** A delivery row in the hands of this worker. */
export type ClaimedDelivery = {
  id: string;
  key: string;
  feature: string;
  card: string;
  isFile: boolean;
  ref: string;
  recipient: string;
  isChat: boolean;
  push: Delivery['push'];
  notAfter: Date | null;
  revision: number;
  attempts: number;
  messageId: string | null;
  mayBeOut: boolean;
  shownAt: Date | null;
  isRetired: boolean;
  isRecalled: boolean;
  pushedOn: string | null;
  contentHash: string | null;
  gathers: boolean;
  /** Its card was refused before: its words go out, or have gone. */
  isPlain: boolean;
  failure: string | null;
  hasLeft: boolean;
  /** The recipient with the roles they held when the row was claimed; null for a chat, and for whoever is not in service. */
  who: Person | null;
};

/** What became of a row: written back for the whole chunk in one statement. */
export type Outcome = {
  id: string;
  revision: number;
  state: 'sent' | 'pending' | 'failed' | 'dropped' | 'recalled';
  messageId?: string;
  contentHash?: string;
  dueAt?: Date;
  /** A try that was put off rather than made does not count. */
  isUncounted?: boolean;
  /** Whether a message may have been created all the same. */
  mayBeOut?: boolean;
  failure?: string;
  /** Why it has to wait. */
  held?: HoldReason;
  /** Its card was refused, so its words went out, or will. */
  isPlain?: boolean;
  /** The card or file itself is at fault: a code of the messenger, or `not-made`. */
  broken?: string;
};
