/** What a feature delivers, and the policy that says when it may disturb. */
import type { Reader } from './storage/database.ts';

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
   * `answer` (the person is waiting in the chat: sent at once), `quiet` (the notification policy chooses the moment), `work` (the same,
   * but it waits for this one person and does not compete with reminders for the day's two), `urgent` (passes the policy, and is logged). An edit of a card that was sent is none of these: it notifies nobody.
   */
  push: 'answer' | 'quiet' | 'work' | 'urgent';
  /**
   * It is also a line on the person's 今天 card. Several quiet pushes of this kind that wait for a person at the same time come as that
   * card, one message, instead; and so does what is pressing, as the third and fourth of a day.
   */
  gathers?: boolean;
  /** Not before this instant. */
  notBefore?: Date;
  /** Not after this instant: what would come later is dropped. */
  notAfter?: Date;
};

/**
 * Something that a person sent out to many or answers for, as they call it; `card` is what each of them gets of it, about `refs`. `id` is
 * unique within the feature.
 */
export type SentOut = { id: string; title: string; at: Date; isOver: boolean; card: string; refs: string[] };

/** Why a push has to wait. */
export const HOLD_REASONS = ['quiet-hours', 'quiet-day', 'on-leave', 'budget'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What would become of a push to many: who gets it now, who later and why, whom it would reach too late, and who cannot be reached. */
export type Forecast = {
  now: number;
  /** The earliest first. */
  later: { at: Date; why: HoldReason; count: number }[];
  tooLate: number;
  unreachable: number;
};

/** The notification policy as a feature may ask it. */
export type PushPolicy = {
  nextQuietPush: (from: Date) => Date;
  /** What becomes of a push to these people that is written at `now`, when nothing else is meanwhile: decided as it will be. */
  forecast: (
    db: Reader,
    people: string[],
    push: { now: Date; push: Delivery['push']; notAfter?: Date | undefined },
  ) => Promise<Forecast>;
};
