/** The life of what is published to an audience: a feature declares a kind of it, and spreads into itself what the room makes of it. */
import {
  button,
  type Card,
  type Feature,
  job,
  type PersonTurn,
  type PressTurn,
  type Reply,
  sendCard,
  type Turn,
  type Typed,
} from '../feature.ts';
import type { Reader } from '../storage/database.ts';
import { type Draft, type Kind, withdrawn } from './contract.ts';
import { findTitles } from './digest.ts';
import * as drafts from './draft.ts';
import { atHand, followUps } from './follow-up.ts';
import { readSentence } from './from-reading.ts';
import { leaderNoticeCard, passDeadline, tellLeaders } from './issuer/deadline.ts';
import * as manage from './issuer/manage.ts';
import { callOffCard, deadlineCard, extendCard, namesCard, progressCard } from './issuer/progress.ts';
import { findSentOut } from './issuer/reach.ts';
import { recallCards, undo } from './issuer/undo.ts';
import * as parts from './parts.ts';
import * as publishing from './publish.ts';
import * as queries from './queries.ts';
import { regroup, withLeavers } from './regroup.ts';
import * as values from './schema.ts';
import { PublicationSettings } from './settings.ts';
import { snooze, wake } from './snooze.ts';

/** What the room makes of a kind. */
export type Publishing<C> = {
  /** Everything that people press and see, and what runs in between; the feature adds its own to each. */
  parts: Required<
    Pick<
      Feature,
      | 'atHand'
      | 'settings'
      | 'buttons'
      | 'jobs'
      | 'timetable'
      | 'cards'
      | 'today'
      | 'titles'
      | 'sentOut'
      | 'read'
      | 'undeliverable'
      | 'arrived'
      | 'calendarChanged'
    >
  >;
  /** Gives somebody a draft that they have not written; its id. */
  propose: (turn: Turn, draft: Draft<C>, person: string, push: 'quiet' | 'answer') => Promise<string>;
  /**
   * The person's own card, of which whoever is open gets a new one before it is too old to be pressed, and which closes for whoever
   * leaves the audience.
   */
  lasting: (card: Card) => Card;
  /** Shows a draft with what was understood; what speaks against it, its form says. */
  draft: (turn: PersonTurn, draft: Draft<C>) => Promise<string>;
  /** Publishes at once to these people, by nobody: what the clock or a person's own wish begins. What has no end is not announced. */
  publishTo: (turn: Turn, draft: Draft<C>, people: string[]) => Promise<string>;
  /** Shows a draft with what a sentence says over what is usual. */
  draftFrom: (turn: PersonTurn, typed: Typed, usual: Draft<C>) => Promise<string>;
  /** The commands for a further sentence about what is at hand. */
  followUps: ReturnType<typeof followUps>;
  /** The command that shows the progress cards. */
  showProgress: (turn: PersonTurn) => Promise<Reply | undefined>;
};

/** Makes the parts of a feature out of the kind it declares. */
export function publication<C>(kind: Kind<C>): Publishing<C> {
  const { card, actions } = kind;
  const { IdValue } = values;
  const issuer = (handle: (kind: Kind<C>, turn: PressTurn) => Promise<Reply>, ...on: [string, ...string[]]) =>
    button({ on, action: actions.publish, handle: (turn) => handle(kind, turn) });

  return {
    draft: (turn, draft) => drafts.proposeDraft(kind, turn, draft, turn.who.id),
    propose: (turn, draft, person, push) => drafts.proposeDraft(kind, turn, draft, person, push),
    lasting: (own) => ({
      ...withLeavers(kind, own),
      reaching: ['progress', 'deadline'],
      renew: (turn, retired) => publishing.renewCards(kind, turn, retired),
    }),
    publishTo: (turn, draft, people) => publishing.publishTo(kind, turn, draft, people),
    draftFrom: async (turn, typed, usual) =>
      drafts.proposeDraft(kind, turn, await readSentence(kind, turn, typed, usual), turn.who.id),
    followUps: followUps(kind),
    showProgress: (turn) => manage.showProgress(kind, turn),
    parts: {
      atHand: atHand(kind),
      settings: [PublicationSettings],
      buttons: {
        fill: issuer(drafts.fillDraft, 'draft'),
        'set-deadline': issuer(drafts.setDue, 'draft'),
        edit: issuer(drafts.editDraft, 'draft'),
        cancel: issuer(drafts.cancelDraft, 'draft'),
        publish: button({
          ...{ value: values.UrgentValue, action: actions.publish, on: ['draft'] },
          handle: (turn, said) => publishing.publish(kind, turn, said),
        }),
        nudge: issuer(manage.nudgeOpen, 'progress', 'deadline'),
        'ask-extension': issuer(manage.askExtension, 'progress', 'deadline'),
        extend: issuer(manage.extend, 'extend'),
        withdraw: issuer(manage.withdraw, 'progress', 'call-off'),
        end: issuer(manage.endNow, 'progress'),
        undo: button({
          ...{ value: values.UndoValue, action: actions.publish, on: ['progress', 'call-off'] },
          handle: (turn, said) => undo(kind, turn, said),
        }),
        'list-names': button({
          ...{ action: actions.names, on: ['progress'] },
          handle: (turn) => manage.listNames(kind, turn),
        }),
        'nudge-own': button({
          ...{ value: IdValue, action: actions.nudge, on: ['weekly-digest/digest'] },
          handle: (turn, said) => manage.nudgeOwn(kind, turn, said),
        }),
        open: button({
          value: IdValue,
          action: 'self',
          on: ['today/list'],
          handle: (turn, { id }) => openCard(kind, turn, id),
        }),
        snooze: button({
          ...{ value: values.SnoozeValue, action: 'self', on: [card, ...(kind.alike ?? [])] },
          handle: (turn, said) => snooze(kind, turn, said),
        }),
      },
      jobs: {
        announce: job({
          payload: values.RoundPayload,
          handle: (turn, said) => publishing.announceRound(kind, turn, said),
        }),
        remind: job({
          payload: values.RemindPayload,
          handle: (turn, said) => publishing.remindRound(kind, turn, said),
        }),
        nudge: job({ payload: values.NudgePayload, handle: (turn, said) => manage.nudgeRound(kind, turn, said) }),
        wake: job({ payload: values.WakePayload, handle: (turn, said) => wake(kind, turn, said) }),
        deadline: job({ payload: IdValue, handle: (turn, said) => passDeadline(kind, turn, said) }),
        'tell-leaders': job({ payload: IdValue, handle: (turn, said) => tellLeaders(kind, turn, said) }),
        regroup: job({ handle: (turn) => regroup(kind, turn) }),
        recall: job({ payload: IdValue, handle: (turn, said) => recallCards(kind, turn, said) }),
        'close-undo': job({ payload: IdValue, handle: (turn, { id }) => turn.refresh({ card: 'progress', ref: id }) }),
      },
      timetable: [{ name: 'regroup', cron: '20 * * * *', job: 'regroup' }],
      calendarChanged: (turn) => publishing.replanTimers(kind, turn),
      cards: {
        draft: drafts.draftCard(kind),
        progress: progressCard(kind),
        names: namesCard(kind),
        extend: extendCard(kind),
        'call-off': callOffCard(kind),
        deadline: deadlineCard(kind),
        'leader-notice': leaderNoticeCard(kind),
      },
      titles: async (db, ids, person) => {
        const shown = person === undefined ? ids : await parts.findOwn(db, ids, person);
        const found = await findTitles(kind, db, shown);
        return new Map([...found].map(([id, { title }]) => [id, title]));
      },
      sentOut: (db, { id: person }) => findSentOut(kind, db, person),
      today: (db, { id: person }, { now }) => findToday(kind, db, person, now),
      read: async (turn, { card: opened, ref, person }) => {
        const issuer = opened === card ? await parts.noteRead(turn.db, ref, person) : undefined;
        if (issuer) await turn.refresh({ card: 'progress', ref, person: issuer });
      },
      undeliverable: async (turn, failed) => {
        if (failed.card !== card) return;
        if (await parts.markUnreachable(turn.db, failed.ref, failed.person))
          await turn.refresh({ card: 'progress', ref: failed.ref });
      },
      arrived: async (turn, came) => {
        await parts.markReached(
          turn.db,
          came.filter((one) => one.card === card),
        );
      },
    },
  };
}

/** From the 今天 card: the person's own card, sent anew to whoever asks. */
async function openCard<C>({ card, words }: Kind<C>, turn: PressTurn, id: string): Promise<Reply> {
  const part = await parts.findPart(turn.db, id, turn.who.id);
  if (!part) return { toast: `您不在${words.it}的范围内。`, kind: 'warning' };
  if (part.state === 'ended') return { toast: `${words.it}已经结束。`, kind: 'warning' };
  if (part.state !== 'published') return { toast: withdrawn(words), kind: 'warning' };
  await sendCard(turn, card, id);
  return { toast: `${words.noun}卡片已发给您。` };
}

/** A line for each publication that waits for a person. */
async function findToday<C>(kind: Kind<C>, db: Reader, person: string, now: Date) {
  const open = await queries.findOpen(db, kind.feature, person, kind.endsByItself ? now : null);
  const titles = await findTitles(
    kind,
    db,
    open.map(({ id }) => id),
  );
  return open.map(({ id, dueAt }) => ({
    title: titles.get(id)?.title ?? '',
    due: dueAt,
    open: { button: `${kind.feature}/open`, value: { id } },
  }));
}
