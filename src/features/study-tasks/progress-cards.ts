/** Where a task stands: for its issuer with counts, for whoever asks with names, for leaders by unit without names. */
import { formatDeadline, formatInstant } from '../../calendar/format.ts';
import type { Card, Viewer } from '../../feature.ts';
import { type Audience, nameAudience } from '../../people/audience.ts';
import { findPerson } from '../../people/find-person.ts';
import type { Reader } from '../../storage/database.ts';
import { findLeaderNotices } from './deadline.ts';
import { countStandings, findNames } from './progress-queries.ts';
import * as queries from './queries.ts';
import { renewProgressCards } from './rounds.ts';
import { countAll, findUndo, type Standing, type Tally } from './rules.ts';
import type { UndoableAct } from './schema.ts';
import { kindName, tallyWords } from './words.ts';

/** More names than fit on a phone are counted instead. */
const MAX_NAMES = 200;
/** More units than a leader reads on a phone are counted instead. */
const MAX_UNITS = 20;

/** The issuer's progress card: who stands where, never a bare percentage; and the way back from what was done last. */
export const progress: Card = {
  load: async (db, id, viewer) => {
    const found = await findWithCounts(db, id, viewer);
    if (!found) return undefined;
    const { task: row, counts } = found;
    const state = progressState(row, counts, viewer.now);
    const act = findUndo(row, viewer.now);
    return {
      ...(viewer.isRetired && state.is === 'open' && { template: 'progress-retired' }),
      kind: kindName(row.kind),
      topic: row.topic ?? '',
      audience: await audienceName(db, row),
      due: row.dueAt ? formatDeadline(row.dueAt, viewer) : '',
      counts: tallyWords(counts),
      open: counts.open,
      announcing:
        row.state === 'published' && !row.announcedAt
          ? `正在发送：${row.announcedCount} / 共${countAll(counts)}人`
          : '',
      kept: row.state === 'recalled' ? keptWords(counts.done) : '',
      state,
      undo: act ? [undoButton(act, counts, row, viewer)] : [],
    };
  },
  renew: renewProgressCards,
};

/** The names behind the progress card, for the person who asked. */
export const openList: Card = { load: loadNames };

/** The same for the issuer when the deadline has come; dropped if everybody has finished, or the task was put off, before it goes. */
export const deadline: Card = {
  load: async (db, id, viewer) => {
    const list = await loadNames(db, id, viewer);
    return viewer.isSent || (list?.count && list.isOverdue) ? list : undefined;
  },
};

/** For the leader of units in which too many are open: one line a unit, with the causes. */
export const leaderNotice: Card = {
  load: async (db, id, viewer) => {
    const row = await queries.findTask(db, id);
    if (!row?.dueAt) return undefined;
    const isRunning = row.state === 'published' && row.dueAt <= viewer.now;
    const lines = isRunning ? ((await findLeaderNotices(db, id, viewer)).get(viewer.person ?? '') ?? []) : [];
    if (!viewer.isSent && lines.length === 0) return undefined;
    const issuer = await findPerson(db, row.issuedById, viewer.now);
    return {
      kind: kindName(row.kind),
      topic: row.topic ?? '',
      due: formatDeadline(row.dueAt, viewer),
      issuer: issuer?.name ?? '',
      at: formatInstant(viewer.now, viewer),
      lines: lines.slice(0, MAX_UNITS).map(({ unit, counts }) => `${unit}：${tallyWords(counts)}`),
      more: Math.max(0, lines.length - MAX_UNITS),
    };
  },
};

async function loadNames(db: Reader, id: string, viewer: Viewer) {
  const found = await findWithCounts(db, id, viewer);
  if (!found) return undefined;
  const { task: row, counts } = found;
  const names = async (standing: Standing) => {
    const shown = await findNames(db, id, viewer.calendar.dayOf(viewer.now), standing, MAX_NAMES);
    return `${shown.join('、')}${counts[standing] > MAX_NAMES ? ` 等${counts[standing]}人` : ''}`;
  };
  return {
    kind: kindName(row.kind),
    topic: row.topic ?? '',
    due: row.dueAt ? formatDeadline(row.dueAt, viewer) : '',
    at: formatInstant(viewer.now, viewer),
    counts: tallyWords(counts),
    count: counts.open,
    isOverdue: row.state === 'published' && row.dueAt !== null && row.dueAt <= viewer.now,
    open: await names('open'),
    onLeave: await names('on-leave'),
    unreachable: await names('unreachable'),
  };
}

async function findWithCounts(db: Reader, id: string, viewer: Viewer) {
  const task = await queries.findTask(db, id);
  return task && { task, counts: await countStandings(db, id, viewer.calendar.dayOf(viewer.now)) };
}

function progressState(row: queries.StudyTask, counts: Tally, now: Date): { is: string; word: string } {
  if (row.state === 'recalled') return { is: 'over', word: '已撤回' };
  if (row.state !== 'published') return { is: 'over', word: '已撤销' };
  if (counts.done === countAll(counts)) return { is: 'done', word: '全部完成' };
  return { is: 'open', word: row.dueAt !== null && row.dueAt <= now ? '已到期' : '进行中' };
}

function keptWords(done: number): string {
  return `已撤回发布，草稿已重新发给您。${done > 0 ? `已完成的${done}人有记录，重新发布后要再办一次。` : ''}`;
}

function undoButton(act: UndoableAct, counts: Tally, row: queries.StudyTask, viewer: Viewer) {
  const again = counts.done > 0 ? `已完成的${counts.done}人在重新发布后要再办一次。` : '';
  const before = row.dueBefore ? formatInstant(row.dueBefore, viewer) : '';
  const buttons = {
    publish: {
      text: '撤回发布',
      confirm: `将收回发给${countAll(counts)}人的卡片，还没发出的不再发出。${again}`,
    },
    extend: { text: '恢复原时间', confirm: `完成时间将恢复为${before}。` },
    withdraw: { text: '恢复任务', confirm: `${countAll(counts)}人的卡片将重新可用。` },
  };
  return { act, ...buttons[act] };
}

function audienceName(db: Reader, row: queries.StudyTask): Promise<string> {
  const { audience } = queries.draftOf(row);
  return nameAudience(db, audience ?? ({ kind: 'detachment', id: null, who: 'members' } satisfies Audience));
}
