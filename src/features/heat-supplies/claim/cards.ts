/** The cards of a pick-up: the person's, the colleague's, the two small forms, the objection. */
import { formatDeadline, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, card, type Viewer } from '../../../feature.ts';
import { formatSnooze } from '../../../publication/snooze.ts';
import { Id } from '../../../sight.ts';
import { claimForm, countField, type DueItem, proxyForm, shortfallForm } from '../forms.ts';
import { nameKind } from '../kinds.ts';
import { PartRef } from '../schema.ts';
import { describePoint } from '../stock/points.ts';
import { findObjectionMatter } from './objections.ts';
import { findPart, type Part } from './queries.ts';

/** One person's card: to claim, promised, collected, missed or over. What is settled or over before it was sent is not sent. */
export const claim = card({
  ref: Id,
  action: 'self',
  templates: ['claim-done'],
  form: claimForm,
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part || (!viewer.isSent && (isSettled(part) || isOver(part, viewer)))) return undefined;
    return showClaim(part, viewer);
  },
});

/** The same card, sent because somebody else confirmed: only that is news, and only there one can object. */
export const claimDone = card({
  ref: Id,
  action: 'self',
  templates: ['claim', 'claim-closed', 'claim-retired', 'claim-reserved'],
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    const isNews = part && isSettled(part) && part.settledById !== part.personId;
    if (!part || (!viewer.isSent && !isNews)) return undefined;
    return showClaim(part, viewer);
  },
});

/** Whether there is nothing to collect any more, because it was. */
export function isSettled({ state }: Pick<Part, 'state'>): boolean {
  return state === 'collected' || state === 'partial';
}

/** Whether the hand-out is over for everybody. */
export function isOver({ handoutState, closesAt }: Part, { now }: Pick<Viewer, 'now'>): boolean {
  return handoutState !== 'open' || closesAt <= now;
}

function showClaim(part: Part, viewer: Viewer): CardVariables {
  const common = describePart(part, viewer);
  if (isSettled(part)) {
    return {
      template: 'claim-done',
      ...common,
      given: part.items.map(({ name, unit, issued }) => `${name}${issued}${unit}`).join('、'),
      isPartial: part.state === 'partial',
      reason: part.reason,
      settled: part.settledAt ? formatInstant(part.settledAt, viewer) : '',
      by: part.settledById === part.personId ? '' : (part.settledBy ?? ''),
      objection: part.objectedAt ? '已转给保管员核实' : '',
    };
  }
  if (isOver(part, viewer)) return { template: 'claim-closed', ...common, ending: describeEnd(part, viewer) };
  if (viewer.isRetired) return { template: 'claim-retired', ...common };
  if (part.state === 'reserved') return { template: 'claim-reserved', ...common, proxy: part.proxy ?? '' };
  const points = part.points.map((point) => ({ value: point.id, text: point.name }));
  return {
    ...{ template: 'claim', ...common, isAgain: part.state === 'missed', reason: part.reason },
    snoozed: formatSnooze(part.snoozedUntil, viewer),
    ...{ holds: {}, options: { point: points.length > 1 ? points : [] } },
  };
}

/** The card of a colleague who was asked to collect; whoever is not any more is shown nothing of whom it was for. */
export const proxy = card({
  ref: PartRef,
  action: 'self',
  templates: ['proxy-replaced'],
  load: async (db, { handout, person }, viewer) => {
    const part = await findPart(db, handout, person);
    if (!part) return undefined;
    const isPast = isOver(part, viewer) || part.state !== 'reserved';
    if (!viewer.isSent && (isPast || part.proxyId !== viewer.person)) return undefined;
    if (part.proxyId !== viewer.person) return { template: 'proxy-replaced' };
    const isDone = part.state === 'collected';
    const state = isDone
      ? { is: 'done', word: '已领取' }
      : isPast
        ? { is: 'over', word: '无需代领' }
        : { is: 'open', word: '请代领' };
    return { ...describePart(part, viewer), name: part.name, state, isOpen: !isPast };
  },
});

/** 没领到或没领全. */
export const shortfall = card({
  ref: Id,
  action: 'self',
  form: ({ entries }) => shortfallForm(entries as DueItem[]),
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    return {
      ...describePart(part, viewer),
      entries: part.items,
      holds: Object.fromEntries(part.items.map((item) => [countField(item), item.each])),
      isOpen: part.state === 'reserved' && !isOver(part, viewer),
    };
  },
});

/** 请人代领. */
export const askProxy = card({
  ref: Id,
  action: 'self',
  form: proxyForm,
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    const isOpen = part.state === 'reserved' && !isOver(part, viewer);
    return { ...describePart(part, viewer), proxy: part.proxy ?? '', isOpen, holds: {} };
  },
});

/** What a keeper hears when somebody says that a confirmed pick-up never reached them. */
export const objection = card({
  ref: PartRef,
  action: 'supplies.answer',
  matter: findObjectionMatter,
  load: async (db, { handout, person }, viewer) => {
    const part = await findPart(db, handout, person);
    if (!part) return undefined;
    if (!part.objectedAt && !viewer.isSent) return undefined;
    return {
      ...describePart(part, viewer),
      name: part.name,
      by: part.settledBy ?? '',
      settled: part.settledAt ? formatInstant(part.settledAt, viewer) : '',
      isOpen: part.objectedAt !== null,
    };
  },
});

function describePart(part: Part, viewer: Viewer) {
  const points = part.points.filter(({ id }) => part.pointId === null || id === part.pointId);
  return {
    kind: nameKind(part.kind),
    issuer: part.issuer,
    items: part.items.map(({ name, unit, each }) => `${name}${each}${unit}`).join('、'),
    points: points.map(describePoint).join('；'),
    from: part.opensAt && part.opensAt > viewer.now ? `${formatInstant(part.opensAt, viewer)}起` : '',
    until: formatDeadline(part.closesAt, viewer),
  };
}

function describeEnd({ handoutState, endedAt, closesAt }: Part, viewer: Viewer): string {
  if (handoutState === 'withdrawn') return `已于${endedAt ? formatInstant(endedAt, viewer) : ''}撤回，无需领取`;
  return `已于${formatInstant(endedAt ?? closesAt, viewer)}结束`;
}
