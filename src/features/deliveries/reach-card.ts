/** To how many came what a person sent out, who waits until when and why, and who cannot be reached. */
import { formatInstant } from '../../calendar/format.ts';
import { CLOSED, card, type Feature, type SentOut, type Viewer, type Viewpoint } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import { joinNames } from '../../publication/issuer/progress.ts';
import { findReach, type Reach } from '../../publication/issuer/reach.ts';
import { Id, look } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { type CardsOf, type Missing, traceMissing, traceReached } from '../../trace.ts';
import { explainFailure, HELD, isHoldReason } from './failure-words.ts';
import { ReachRef } from './schema.ts';

/** More of what else was sent out nobody looks through. */
const MAX_OTHERS = 5;
/** A button is read on a phone. */
const MAX_TITLE = 18;

/** What a person has sent out, over all features: what still runs before what is over, and the newest first. */
export async function findSentOut(
  others: Feature[],
  db: Reader,
  who: Person,
  view: Viewpoint,
): Promise<(SentOut & { feature: string })[]> {
  const found: (SentOut & { feature: string })[] = [];
  for (const { name: feature, sentOut } of others)
    found.push(...((await sentOut?.(db, who, view)) ?? []).map((one) => ({ ...one, feature })));
  return found.sort((a, b) => Number(a.isOver) - Number(b.isOver) || b.at.getTime() - a.at.getTime());
}

/** For whoever sent it out, and nobody else; with names for whoever may see those of the progress card. */
export function reachCard(others: Feature[]) {
  return card({
    ref: ReachRef,
    action: 'self',
    load: async (db, { feature, id }, viewer) => {
      const all = viewer.who ? await findSentOut(others, db, viewer.who, viewer) : [];
      const asked = all.find((one) => one.feature === feature && one.id === id);
      if (!asked) return CLOSED;
      const { come, missing, lost, isOver, isTriedAgain } = await findWhom(db, asked, viewer);
      const groups = [
        ...(await traceMissing(db, asked, missing)).map((group) => ({
          group,
          how: describeMissing(group, isOver, viewer),
        })),
        ...(await traceMissing(db, asked, lost)).map((group) => ({
          group,
          how: describeLost(group, isTriedAgain, viewer),
        })),
      ];
      const of = (wanted: Part) => groups.filter(({ how }) => how.part === wanted);
      const hasNames = await maySeeNames(others, db, asked, viewer);
      return {
        title: asked.title,
        come: come.length,
        all: come.length + missing.length + lost.length,
        parts: PARTS.flatMap((part) => (of(part).length > 0 ? [{ part, lines: of(part).map(lineOf) }] : [])),
        panels: hasNames ? PARTS.flatMap((part) => namesOf(part, of(part))) : [],
        at: formatInstant(viewer.now, viewer),
        others: all
          .filter((one) => one !== asked)
          .slice(0, MAX_OTHERS)
          .map((one) => ({ feature: one.feature, id: one.id, title: shorten(one.title) })),
      };
    },
  });
}

/** What is published is counted as on its progress card, all else by what was written to people. */
async function findWhom(
  db: Reader,
  asked: CardsOf & { id: string },
  viewer: Viewer,
): Promise<Reach & { isTriedAgain: boolean }> {
  const published = Id.safeParse(asked.id).success ? await findReach(db, asked.id, viewer) : undefined;
  if (published) return { ...published, isTriedAgain: !published.isOver };
  const people = await traceReached(db, asked);
  const those = (test: (one: (typeof people)[number]) => boolean) =>
    people.filter(test).map(({ personId }) => personId);
  return {
    ...{ isOver: false, isTriedAgain: false },
    come: those(({ isReached }) => isReached),
    missing: those(({ isReached, isLost }) => !isReached && !isLost),
    lost: those(({ isReached, isLost }) => !isReached && isLost),
  };
}

const PARTS = ['待送达', '没送到', '联系不上'] as const;
type Part = (typeof PARTS)[number];
/** Where a group belongs, and what is said of it. */
type How = { part: Part; why: string };

function describeMissing({ is, until, why }: Missing, isOver: boolean, view: Viewpoint): How {
  if (isOver) return { part: '没送到', why: '已经结束，没有送到' };
  if (is === 'over') return { part: '没送到', why: explainFailure(why) };
  if (is === 'unwritten') return { part: '待送达', why: '卡片还没有写好' };
  const reason = why && (isHoldReason(why) ? HELD[why] : explainFailure(why));
  const moment = until && until > view.now ? `将于${formatInstant(until, view)}起送达` : '马上送出';
  return { part: '待送达', why: [reason, moment].filter(Boolean).join('，') };
}

/** Whoever has no failure of this card was out of reach when it was published. Whoever has an account is tried again while it runs (`regroup`). */
function describeLost({ why, is, until }: Missing, isTriedAgain: boolean, view: Viewpoint): How {
  if (is === 'waiting') {
    const when = until && until > view.now ? `将于${formatInstant(until, view)}再试` : '马上再试';
    return { part: '联系不上', why: `飞书上次没有接收，${when}` };
  }
  const again = isTriedAgain && is === 'over' && why !== null && why !== 'left' ? '；每天会再试一次' : '';
  return { part: '联系不上', why: `${explainFailure(why ?? 'no-account')}${again}` };
}

type Described = { group: Missing; how: How };

function lineOf({ group, how }: Described): string {
  return `${group.count}人：${how.why}`;
}

function namesOf(part: Part, groups: Described[]): { title: string; text: string }[] {
  if (groups.length === 0) return [];
  const count = groups.reduce((sum, { group }) => sum + group.count, 0);
  const lines = groups.map(({ group, how }) => `${how.why}：${joinNames(group.names, group.count)}`);
  return [{ title: `${part}的人（${count}位）`, text: lines.join('\n') }];
}

/** Names are those of the progress card's list, for whoever may open it. */
async function maySeeNames(
  others: Feature[],
  db: Reader,
  { feature, id }: { feature: string; id: string },
  { who }: Viewer,
): Promise<boolean> {
  const names = others.find(({ name }) => name === feature)?.cards?.names;
  return names !== undefined && (await look(db, names, id, who)).is === 'open';
}

function shorten(title: string): string {
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title;
}
