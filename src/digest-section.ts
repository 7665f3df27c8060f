/** What a feature contributes to the weekly digest: counts that add up, and the matters behind them. It knows nothing of the digest. */
import type { Calendar, Day } from './calendar/calendar.ts';
import type { Reader } from './storage/database.ts';

/**
 * A section of the digest. A feature adds one with a `digest.ts` in its folder and the line `digest` in its `index.ts`, and nothing
 * else. For instance: supplies count the portions `issued` in the period (headline) and what is `short` at its end, with one matter
 * for each batch that is short; the star of the month counts `nominated` and `decided`, with one matter for the step that waits and
 * a button that opens it for whoever has to act.
 */
export type DigestSection = {
  /** 学习任务 */
  title: string;
  /** Raised whenever a figure comes to mean something else: numbers of different versions are never compared. */
  version: number;
  /** By key, the one for the card's front first. Counts only: what is added up over units has to stay true. */
  figures: Record<string, DigestFigure>;
  /** Shares, made of two counts after these are added up. */
  ratios?: { label: string; of: string; among: string }[];
  /** The figures that together say what became of everybody, with the causes; drawn side by side for each unit, never ranked.
   * By key, each with a word of at most four characters. */
  chart?: { title: string; figures: Record<string, string> };
  matters?: DigestMatters;
  /**
   * Counts every figure for all of these groups, in one statement over the period: the answer depends on the period and on the data,
   * never on the moment of asking. With `listed` the rows behind that figure come with its counts, so a number and its rows are the
   * same query. Groups and figures without anything may be left out.
   */
  count: (db: Reader, question: DigestQuestion) => Promise<DigestCount[]>;
};

/** `isBetterWhen` says which way is good. `span` is what the count covers: the period, the moment of its end, or the year so far. */
export type DigestFigure = {
  label: string;
  unit: string;
  /** What exactly is counted, in words; shown behind the number. */
  definition: string;
  isBetterWhen?: 'more' | 'less';
  span: 'period' | 'moment' | 'year';
};

/** What needs somebody: the matters that a figure was counted by, the most pressing first. */
export type DigestMatters = {
  figure: string;
  /** The figure by the same matters of which this one is a part. A matter among fewer than five is not shown. */
  among?: string;
  /** At most so many of them on a card. */
  limit?: number;
  /** After the title: 7人逾期未完成. */
  words: (count: number, among: number) => string;
  describe: (db: Reader, keys: string[], calendar: Calendar) => Promise<DigestMatter[]>;
};

/** `act` is a button of the feature, which checks there what the person may do. */
export type DigestMatter = {
  key: string;
  title: string;
  due?: Date;
  act?: { text: string; press: string; value: Record<string, string> };
};

/** The people directly in a unit, or a branch. What belongs to several groups of a kind is counted in one of them. */
export type DigestGroup = { kind: 'unit' | 'branch'; id: string };

/** From the instant on and before the other; as days, both included. */
export type DigestPeriod = { from: Date; until: Date; firstDay: Day; lastDay: Day };

export type DigestQuestion = { groups: DigestGroup[]; period: DigestPeriod; calendar: Calendar; listed?: string };

/** One figure of one group, by the matter it is about where there is one. */
export type DigestCount = DigestGroup & {
  figure: string;
  matter: string | null;
  count: number;
  rows?: DigestRow[] | null;
};

/** A row behind a number; the `count`s of all rows are the number. */
export type DigestRow = { who: string; what: string; note: string; count: number };
