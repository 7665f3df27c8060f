/** The cards of a pick-up: the person's, the colleague's, the two small forms, the objection. */
import { formatDeadline, formatInstant } from '../../calendar/format.ts';
import type { Card, Viewer } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { findPart, type Part } from './claim-queries.ts';
import { nameKind } from './kinds.ts';
import { describePoint } from './points.ts';

/** One person's card: to claim, promised, collected, missed or over. What is settled or over before it was sent is not sent. */
export const claim: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    const common = describePart(part, viewer);
    const isOver = part.handoutState !== 'open' || part.closesAt <= viewer.now;
    if (part.state === 'collected' || part.state === 'partial') {
      const isOwn = part.settledById === part.personId;
      if (!viewer.isSent && isOwn) return undefined;
      const given = part.items.map(({ name, unit, issued }) => `${name}${issued}${unit}`).join('、');
      return {
        template: 'claim-done',
        ...common,
        given,
        isPartial: part.state === 'partial',
        reason: part.reason,
        settled: part.settledAt ? formatInstant(part.settledAt, viewer) : '',
        by: isOwn ? '' : (part.settledBy ?? ''),
        objection: part.objectedAt ? '已转给保管员核实' : '',
      };
    }
    if (!viewer.isSent && isOver) return undefined;
    if (isOver) return { template: 'claim-closed', ...common, ending: describeEnd(part, viewer) };
    if (part.state === 'reserved') return { template: 'claim-reserved', ...common, proxy: part.proxy ?? '' };
    const options = part.points.map((point) => ({ value: point.id, text: point.name }));
    return { ...common, options, isAgain: part.state === 'missed', reason: part.reason };
  },
};

/** The card of a colleague who was asked to collect. */
export const proxy: Card = {
  load: async (db, ref, viewer) => {
    const part = await findByRef(db, ref);
    if (!part) return undefined;
    const isAsked = part.proxyId === viewer.person;
    const isOver = part.handoutState !== 'open' || part.closesAt <= viewer.now || !isAsked || part.state !== 'reserved';
    if (!viewer.isSent && isOver) return undefined;
    const isDone = part.state === 'collected' && isAsked;
    const state = isDone
      ? { is: 'done', word: '已领取' }
      : isOver
        ? { is: 'over', word: '无需代领' }
        : { is: 'open', word: '请代领' };
    return { ...describePart(part, viewer), name: part.name, state, isOpen: !isOver };
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
      isOpen: part.state === 'reserved' && part.handoutState === 'open',
    };
  },
};

/** 请人代领. */
export const askProxy: Card = {
  load: async (db, handout, viewer) => {
    const part = await findPart(db, handout, viewer.person ?? '');
    if (!part) return undefined;
    const isOpen = part.state === 'reserved' && part.handoutState === 'open';
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
