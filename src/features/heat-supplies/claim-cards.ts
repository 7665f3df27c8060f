/** The cards of a pick-up: the person's, the colleague's, the two small forms, the objection. */
import { formatDeadline, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { findPart, type Part } from './claim-queries.ts';
import { nameKind } from './kinds.ts';
import { describePoint } from './points.ts';
import { renewClaims } from './renewal.ts';

/** One person's card: to claim, promised, collected, missed or over. What is settled or over before it was sent is not sent. */
export const claim: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part || (!viewer.isSent && (isSettled(part) || isOver(part, viewer)))) return undefined;
    return showClaim(part, viewer);
  },
  renew: renewClaims,
};

/** The same card, sent because somebody else confirmed: only that is news, and only there one can object. */
export const claimDone: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    const isNews = part && isSettled(part) && part.settledById !== part.personId;
    if (!part || (!viewer.isSent && !isNews)) return undefined;
    return showClaim(part, viewer);
  },
};

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
  const options = part.points.map((point) => ({ value: point.id, text: point.name }));
  return { template: 'claim', ...common, options, isAgain: part.state === 'missed', reason: part.reason };
}

/** The card of a colleague who was asked to collect. */
export const proxy: Card = {
  load: async (db, ref, viewer) => {
    const part = await findByRef(db, ref);
    if (!part) return undefined;
    const isAsked = part.proxyId === viewer.person;
    const isPast = isOver(part, viewer) || !isAsked || part.state !== 'reserved';
    if (!viewer.isSent && isPast) return undefined;
    const isDone = part.state === 'collected' && isAsked;
    const state = isDone
      ? { is: 'done', word: '已领取' }
      : isPast
        ? { is: 'over', word: '无需代领' }
        : { is: 'open', word: '请代领' };
    return { ...describePart(part, viewer), name: part.name, state, isOpen: !isPast };
  },
};

/** 没领到或没领全. */
export const shortfall: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    const items = part.items.map(({ itemId, name, unit, each }) => ({ field: `q-${itemId}`, name, unit, each }));
    return {
      ...describePart(part, viewer),
      entries: items,
      isOpen: part.state === 'reserved' && !isOver(part, viewer),
    };
  },
};

/** 请人代领. */
export const askProxy: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    const isOpen = part.state === 'reserved' && !isOver(part, viewer);
    return { ...describePart(part, viewer), proxy: part.proxy ?? '', isOpen };
  },
};

/** What a keeper hears when somebody says that a confirmed pick-up never reached them. */
export const objection: Card = {
  load: async (db, ref, viewer) => {
    const part = await findByRef(db, ref);
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
};

function findByRef(db: Reader, ref: string): Promise<Part | undefined> {
  const [handout = '', person = ''] = ref.split(':');
  return findPart(db, handout, person);
}

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
