/** Where a publication stands: for its issuer with counts, for whoever asks with names. */
import { formatDeadline, formatForPicker, formatInstant } from '../../calendar/format.ts';
import { type Card, type CardVariables, card, type Viewer } from '../../feature.ts';
import { scopeOf } from '../../people/audience/audience-reach.ts';
import { findPlaces } from '../../people/find-names.ts';
import type { Action } from '../../people/permissions.ts';
import { SMALLEST_GROUP } from '../../people/places/smallest-group.ts';
import { Id, mayIn } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { type Fact, type Kind, type Published, tallyWords, type Words } from '../contract.ts';
import { countByUnit, countMoves, countReads, countStandings, findNames } from '../parts.ts';
import { renewProgress } from '../publish.ts';
import * as queries from '../queries.ts';
import { countAll, countedOn, findUndo, type Standing, type Tally } from '../rules.ts';
import type { UndoableAct } from '../schema.ts';

/** More names of one standing are counted instead: six times as many are 22 KB of the 30 that a card may have (docs: card JSON v2). */
const MAX_NAMES = 300;

/** The issuer's progress card: who stands where, never a bare percentage; and the way back from what was done last. */
export function progressCard<C>(kind: Kind<C>): Card {
  return card({
    ...sightOf(kind, 'watch'),
    templates: ['publication/progress', 'publication/progress-retired'],
    load: async (db, id, viewer) => {
      const found = await findWithCounts(kind, db, id, viewer);
      if (!found) return undefined;
      const { published, counts } = found;
      const { words } = kind;
      const state = stateOf(kind, published, counts, viewer.now);
      const isRunning = published.state === 'published';
      const scope = published.audience ? await scopeOf(db, published.audience) : { all: [] };
      const may = (action: Action) => viewer.who !== undefined && mayIn(viewer.who, action, { scope });
      const isManager = may(kind.actions.publish);
      const act = isManager ? findUndo(published, viewer.now) : undefined;
      const common = {
        ...commonOf(kind, published, viewer),
        counts: tallyWords(words, counts, state.is !== 'open'),
        state,
      };
      if (viewer.isRetired && isRunning && state.is !== 'done')
        return { ...common, template: 'publication/progress-retired' };
      const { tellsUnits, ...own } = await kind.progress(db, published, viewer);
      return {
        ...{ template: 'publication/progress', more: [] },
        ...common,
        open: counts.open,
        announcing:
          isRunning && !published.announcedAt ? `正在发送：${published.announcedCount} / 共${countAll(counts)}人` : '',
        kept: published.state === 'recalled' ? keptWords(words, counts.done) : '',
        hasNames:
          may(kind.actions.names) && (isRunning ? state.word !== `全部${words.do}` : published.state === 'ended'),
        isManaged: isManager && state.is === 'open',
        issued:
          published.issuedById === viewer.person && (isRunning || published.state === 'ended') ? published.id : '',
        undo: act ? [undoButton(words, act, counts, published, viewer)] : [],
        ...own,
        notes: [
          ...(state.is === 'open' ? await describeReads(db, published, viewer) : []),
          ...(own.notes ?? []),
          ...(await describeMoves(db, id)),
        ],
        panels: [...(own.panels ?? []), ...(isRunning && !tellsUnits ? await listUnits(kind, db, id, viewer) : [])],
      };
    },
    renew: (turn, retired) => renewProgress(kind, turn, retired),
  });
}

/** The names behind the progress card, for the person who asked. */
export function namesCard<C>(kind: Kind<C>): Card {
  return card({
    ...sightOf(kind, 'names'),
    templates: ['publication/names'],
    load: async (db, id, viewer) => {
      const found = await findWithCounts(kind, db, id, viewer);
      return found && { template: 'publication/names', ...(await listNames(kind, db, found, viewer)) };
    },
  });
}

/** The same for the issuer when the end has come; dropped if everybody is done, or it was put off, before it goes. */
export function deadlineCard<C>(kind: Kind<C>): Card {
  return card({
    ...sightOf(kind, 'names'),
    templates: ['publication/deadline'],
    load: async (db, id, viewer) => {
      const found = await findWithCounts(kind, db, id, viewer);
      if (!found) return undefined;
      const { published, counts } = found;
      const isOverdue = published.state === 'published' && published.dueAt !== null && published.dueAt <= viewer.now;
      if (!viewer.isSent && (counts.open + counts.waiting === 0 || !isOverdue)) return undefined;
      const names = await listNames(kind, db, found, viewer);
      return { template: 'publication/deadline', ...names, count: counts.open, waiting: counts.waiting, isOverdue };
    },
  });
}

/** The small form in which a new end is picked. */
export function extendCard<C>(kind: Kind<C>): Card {
  return card({
    ...sightOf(kind, 'publish'),
    templates: ['publication/extend'],
    load: async (db, id, viewer) => {
      const found = await queries.find(kind, db, id);
      if (!found?.dueAt) return undefined;
      return {
        ...{ template: 'publication/extend', ...commonOf(kind, found, viewer) },
        initial: formatForPicker(found.askedDueAt ?? found.dueAt, viewer),
        isOver: found.state !== 'published',
      };
    },
  });
}

/** 撤回刚才那个: what is meant, and the one button that does it: undone within ten minutes, withdrawn after that. */
export function callOffCard<C>(kind: Kind<C>): Card {
  return card({
    ...sightOf(kind, 'publish'),
    templates: ['publication/call-off'],
    load: async (db, id, viewer) => {
      const found = await findWithCounts(kind, db, id, viewer);
      if (!found) return undefined;
      const { published, counts } = found;
      const state = stateOf(kind, published, counts, viewer.now);
      const isOver = published.state !== 'published' || state.is === 'done';
      const isFresh = !isOver && findUndo(published, viewer.now) === 'publish';
      return {
        ...{ template: 'publication/call-off', ...commonOf(kind, published, viewer) },
        counts: tallyWords(kind.words, counts, isOver),
        ...{ isOver, isWithdrawn: !isOver && !isFresh },
        undo: isFresh ? [undoButton(kind.words, 'publish', counts, published, viewer)] : [],
      };
    },
  });
}

/** The variables that all of the room's cards share: its words, its names, its end. */
export function commonOf<C>(kind: Kind<C>, { content, dueAt }: Published<C>, viewer: Viewer) {
  const { published: _, end = '', ...words } = kind.words;
  return {
    ...{ feature: kind.feature, words: { ...words, end }, ...kind.name(content) },
    due: dueAt ? formatDeadline(dueAt, viewer) : '',
    at: formatInstant(viewer.now, viewer),
  };
}

/**
 * 已送达 38 · 已读 12, for whoever issued it and nobody else who watches. Where it has reached fewer than five, who is still open would
 * say who has read.
 */
async function describeReads(db: Reader, published: queries.Publication, viewer: Viewer): Promise<string[]> {
  if (!published.countsReads || published.issuedById !== viewer.person) return [];
  const { reached, read } = await countReads(db, published.id);
  return reached < SMALLEST_GROUP ? [] : [`已送达 ${reached} · 已读 ${read}`];
}

/** 发布后加入2人，离开1人; nothing where nobody moved. Whom the card has reached of them is counted with the others. */
async function describeMoves(db: Reader, id: string): Promise<string[]> {
  const { joined, left } = await countMoves(db, id);
  const moves = [
    joined > 0 && `加入${joined}人（已计入上面的人数）`,
    left > 0 && `离开${left}人（无需再办，不计入）`,
  ].filter(Boolean);
  return moves.length > 0 ? [`发布后${moves.join('，')}。`] : [];
}

/** More units than are read on a phone are counted instead. */
const MAX_UNITS = 40;

/** Where each unit stands, folded away; nothing where it is about one unit only. */
async function listUnits<C>({ words }: Kind<C>, db: Reader, id: string, viewer: Viewer) {
  const counts = await countByUnit(db, id, viewer.calendar.dayOf(viewer.now));
  if (counts.size < 2) return [];
  const units = (await findPlaces(db)).flatMap(({ kind, id: unit, name }) => {
    const tally = kind === 'unit' ? counts.get(unit) : undefined;
    return tally ? [{ name, tally }] : [];
  });
  // Figures of so few would point at persons.
  const shown = units.filter(({ tally }) => countAll(tally) >= SMALLEST_GROUP);
  if (shown.length === 0) return [];
  const small = units.length - shown.length;
  const lines = [
    ...shown.map(({ name, tally }) => `${name}：${tallyWords(words, tally)}`),
    ...(small > 0 ? [`另有${small}个单位不足${SMALLEST_GROUP}人，不单列`] : []),
  ];
  const more = lines.length > MAX_UNITS ? [`另有${lines.length - MAX_UNITS}个单位`] : [];
  return [{ title: `各单位（${units.length}个）`, text: [...lines.slice(0, MAX_UNITS), ...more].join('\n') }];
}

type Found<C> = { published: Published<C>; counts: Tally };

async function findWithCounts<C>(kind: Kind<C>, db: Reader, id: string, viewer: Viewer): Promise<Found<C> | undefined> {
  const published = await queries.find(kind, db, id);
  return published && { published, counts: await countStandings(db, id, countedOn(published, viewer)) };
}

async function listNames<C>(
  kind: Kind<C>,
  db: Reader,
  { published, counts }: Found<C>,
  viewer: Viewer,
): Promise<CardVariables> {
  const { name, about } = kind.name(published.content);
  const names = async (standing: Standing) => {
    const shown = await findNames(db, published.id, countedOn(published, viewer), standing, MAX_NAMES);
    return joinNames(shown, counts[standing]);
  };
  const rows: Fact[] = [
    { label: kind.words.matter, value: about ? `${name}：${about}` : name },
    { label: kind.words.open, value: await names('open') },
    { label: '休假', value: await names('on-leave') },
    { label: published.state === 'published' ? '待送达' : '没送到', value: await names('waiting') },
    { label: '联系不上', value: await names('unreachable') },
    { label: '截至', value: formatInstant(viewer.now, viewer) },
  ];
  return {
    ...commonOf(kind, published, viewer),
    counts: tallyWords(kind.words, counts, published.state !== 'published'),
    ...{ rows, note: '' },
    ...(await kind.names?.(db, published, viewer)),
  };
}

/** As many names as a card holds, and how many there are. */
export function joinNames(names: string[], all = names.length): string {
  const shown = names.slice(0, MAX_NAMES);
  return `${shown.join('、')}${all > shown.length ? ` 等${all}人` : ''}`;
}

/** All of these are about one publication as a whole, and lie within its audience. */
function sightOf<C>(kind: Kind<C>, what: keyof Kind<C>['actions']) {
  return { ref: Id, action: kind.actions[what], matter: (db: Reader, id: string) => queries.findMatter(kind, db, id) };
}

function stateOf<C>(
  { words, endsByItself }: Kind<C>,
  { state, opensAt, dueAt }: queries.Publication,
  counts: Tally,
  now: Date,
): { is: string; word: string } {
  if (state === 'recalled') return { is: 'over', word: '已撤回' };
  if (state === 'withdrawn') return { is: 'over', word: `已${words.withdraw}` };
  const isPast = dueAt !== null && dueAt <= now;
  if (state === 'ended' || (endsByItself && isPast)) return { is: 'done', word: '已结束' };
  if (counts.done === countAll(counts)) return { is: 'done', word: `全部${words.do}` };
  if (opensAt && opensAt > now) return { is: 'open', word: '未开始' };
  return { is: 'open', word: isPast ? '已到期' : '进行中' };
}

function keptWords({ publish, do: verb }: Words, done: number): string {
  const kept = done > 0 ? `已${verb}的${done}人有记录，重新${publish}后要再办一次。` : '';
  return `已撤回${publish}，草稿已重新发给您。${kept}`;
}

function undoButton(words: Words, act: UndoableAct, counts: Tally, { dueBefore }: queries.Publication, viewer: Viewer) {
  const { publish, do: verb, due, noun } = words;
  const again = counts.done > 0 ? `已${verb}的${counts.done}人在重新${publish}后要再办一次。` : '';
  const before = dueBefore ? formatInstant(dueBefore, viewer) : '';
  const buttons = {
    publish: {
      text: `撤回${publish}`,
      confirm: `将收回发给${countAll(counts)}人的卡片，还没发出的不再发出。${again}`,
    },
    extend: { text: '恢复原时间', confirm: `${due}将恢复为${before}。` },
    withdraw: { text: `恢复${noun}`, confirm: `${countAll(counts)}人的卡片将重新可用。` },
  };
  return { act, ...buttons[act] };
}
