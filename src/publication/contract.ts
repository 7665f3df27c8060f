/** What a feature brings to have something published: its content, its words, and where it differs. The room knows no feature by name. */

import type { Field } from '../cards/fields.ts';
import type { CardVariables, PersonTurn, PressTurn, Turn, Typed, Viewer } from '../feature.ts';
import type { Audience } from '../people/audience/audience.ts';
import type { AudienceSaid } from '../people/audience/audience-form.ts';
import type { Action } from '../people/permissions.ts';
import type { Listening } from '../reading/listen.ts';
import type { Reader, Transaction } from '../storage/database.ts';
import type { Publication } from './queries.ts';
import { countAll, type Reminders, type Tally } from './rules.ts';

/**
 * What is said of every publication: for whom, from when (null: at once) and until when; and of the sentence it comes from what could
 * matter and was not used.
 */
export type Terms = { audience: Audience | null; opensAt: Date | null; dueAt: Date | null; unused?: string[] };

/** What somebody has said so far: the terms, and the feature's own content. */
export type Draft<C> = Terms & C;

/** A row of a card: a label of at most five characters, and its value. */
export type Fact = { label: string; value: string };

/** A publication with what it is about. */
export type Published<C> = Publication & { content: C };

/** `act` of the hook `changed`: what was done (`regroup`: people got or lost their part), after the room has written it and in the same transaction. */
export type Act = 'publish' | 'end' | 'withdraw' | 'extend' | 'undo' | 'regroup';

export type Kind<C> = {
  /** The feature's name: its cards, buttons and rows bear it. */
  feature: string;
  /**
   * Within its audience's scope: `publish`: who may issue and manage it; `watch`: who may see how it goes, and `names`: by name;
   * `nudge`: who may remind their own.
   */
  actions: Record<'publish' | 'watch' | 'names' | 'nudge', Exclude<Action, 'self'>>;
  /** The person's own card, in the feature's `cards`; its ref is the publication's id. */
  card: string;
  /** Cards of the feature that may look like it. */
  alike?: string[];
  words: Words;
  /** Words by which people tell these from other publications; the wish that begins one, and the wish to see how it goes. */
  said: RegExp;
  wish: (content: C) => string;
  progressWish: string;
  /**
   * What a sentence says of a draft, and nothing else, taken from `listening`; the room adds the audience. `before` is what stands
   * there already: nothing but what is usual, or the draft that the sentence changes.
   */
  hear: (turn: PersonTurn, typed: Typed, listening: Listening, before: Draft<C>) => Promise<Partial<Draft<C>>>;
  /** Whether it is over when its time is: else it can still be done, and the issuer hears who is open. */
  endsByItself: boolean;
  /** When whoever is open is reminded without anyone asking: these moments, each with its time of day. */
  reminders: Reminders;
  /** The content of these publications, by id. */
  read: (db: Reader, ids: string[]) => Promise<Map<string, C>>;
  /** Keeps the content of a draft, new or changed. */
  write: (db: Transaction, id: string, content: C) => Promise<void>;
  /** What it is called, and what it is about in a few words: 第一议题学习, 学习党的二十届四中全会精神. `about` may be empty. */
  name: (content: C) => { name: string; about: string };
  draft: DraftForm<C>;
  /** What the progress card says between the counts and the buttons. */
  progress: (db: Reader, published: Published<C>, viewer: Viewer) => Promise<Progress>;
  /** Where the list of names has other rows than the room's: these. */
  names?: (db: Reader, published: Published<C>, viewer: Viewer) => Promise<Partial<CardVariables>>;
  /** Who has begun their part without being done: they keep it even if they leave the audience. */
  haveBegun?: (db: Reader, id: string) => Promise<string[]>;
  /** Something was done with it as a whole. A throw undoes it. */
  changed?: (turn: Turn, published: Published<C>, act: Act) => Promise<void>;
};

/** What a kind adds to the progress card: its notes and rows, panels that are folded, and variables over the room's own. */
export type Progress = {
  rows: Fact[];
  notes?: string[];
  panels?: { title: string; text: string }[];
  /** Its panels tell of the units already, in the words in which it counts: the room's own lines are left out. */
  tellsUnits?: boolean;
} & Partial<CardVariables>;

/** The fields of a draft's form, each by the name of what it says of the draft, in the order in which they are asked. */
export type DraftFields<C> = {
  [K in keyof (Terms & C)]?: Field<K extends 'audience' ? AudienceSaid : NonNullable<(Terms & C)[K]>, boolean>;
};

/** How a draft is filled in and shown. */
export type DraftForm<C> = {
  fields: (draft: Draft<C>) => DraftFields<C>;
  /** What is drafted when the form says just this, the audience apart. `before` is what stood there. */
  read: (said: Partial<Draft<C>>, turn: PressTurn, before: Draft<C>) => Draft<C>;
  /** What stands above the form: a hint instead of the room's, an alert, notes, panels; and the options that the database knows. */
  lead?: (db: Reader, draft: Draft<C>, viewer: Viewer) => Promise<Partial<CardVariables>>;
  /** Why it cannot stand as it is, as a sentence that says what to do. */
  object: (view: Pick<Turn, 'now' | 'calendar'> & { db: Reader }, draft: Draft<C>) => Promise<string | undefined>;
  /** The preview: its one line, its rows. Further variables lie over the room's own, `template` among them. */
  preview: (
    db: Reader,
    draft: Draft<C>,
    viewer: Viewer,
    whom: { text: string; count: number },
    id: string,
  ) => Promise<{ line: string; rows: Fact[] } & Partial<CardVariables>>;
};

/** The words of a kind of publication, as people say them. */
export type Words = {
  /** 学习任务 */
  matter: string;
  /** 这项任务, and the noun alone: 任务. */
  it: string;
  noun: string;
  /** 发布; and the word for having been confirmed: 发布. */
  publish: string;
  confirmed: string;
  /** 完成, 待完成 */
  do: string;
  open: string;
  /** 完成时间 */
  due: string;
  /** 催办; with its button: 催办. */
  nudge: string;
  nudgeButton: string;
  /** 撤销; what a person is told who need not do it any more: 无需再办. */
  withdraw: string;
  relief: string;
  /** Of what may be ended before its time: the words of that button. */
  end?: string;
  /** What is sent to begin anew, and to see how it goes: 发布学习, 学习进度. */
  begin: string;
  progress: string;
  /** After the name on the progress card: 进度. */
  progressTitle: string;
  /** What follows 已发布给40人，: 进展会显示在进度卡片上. */
  published: (count: number) => string;
};

/** The counts of a progress card in words: 已完成 31 · 待完成 7 · 待送达 3 · 休假 2（共43人）; what is over has not reached them any more. */
export function tallyWords(words: Words, counts: Tally, isOver = false): string {
  const apart = [
    counts.waiting && ` · ${isOver ? '没送到' : '待送达'} ${counts.waiting}`,
    counts['on-leave'] && ` · 休假 ${counts['on-leave']}`,
    counts.unreachable && ` · 联系不上 ${counts.unreachable}`,
  ];
  return `已${words.do} ${counts.done} · ${words.open} ${counts.open}${apart.filter(Boolean).join('')}（共${countAll(counts)}人）`;
}

/** Somebody else was first. */
export const past = ({ it, progress }: Words) =>
  `${it}已经不能再改动。发送“${progress}”可以看到您发布的${it.slice(2)}。`;

/** For whoever has a part in what does not stand any more. */
export const withdrawn = ({ it, withdraw, relief }: Words) => `${it}已经${withdraw}，${relief}。如有疑问请联系发布人。`;

/** The instant after which its cards are worth nothing; undefined where it can still be done when its time is over. */
export function expiryOf<C>({ endsByItself }: Kind<C>, dueAt: Date | null | undefined): Date | undefined {
  return endsByItself ? (dueAt ?? undefined) : undefined;
}
