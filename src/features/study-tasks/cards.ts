/** The cards of a published task: the one that people finish, and the form in which it is put off. */
import { formatDeadline, formatForPicker, formatInstant } from '../../calendar/format.ts';
import type { Card } from '../../feature.ts';
import * as queries from './queries.ts';
import { renewTaskCards } from './rounds.ts';
import { kindName } from './words.ts';

/** One person's card of a task: open, done, over, or too old to be pressed. What was withdrawn or done before it was sent is not sent any more. */
export const task: Card = {
  load: async (db, id, viewer) => {
    const part = await queries.findPart(db, id, viewer.person ?? '');
    if (!part) return undefined;
    const common = {
      kind: kindName(part.kind),
      topic: part.topic ?? '',
      link: part.link ?? '',
      issuer: part.issuer,
      audience: part.audience,
      due: part.dueAt ? formatDeadline(part.dueAt, viewer) : '',
    };
    const isOver = part.state !== 'published';
    if (!viewer.isSent && (isOver || part.completedAt)) return undefined;
    const closed = {
      ...{ template: 'task-closed', ...common },
      how: part.state === 'recalled' ? '撤回' : '撤销',
      at: part.withdrawnAt ? formatInstant(part.withdrawnAt, viewer) : '',
      isKept: part.completedAt !== null,
    };
    if (part.state === 'recalled') return closed;
    if (part.completedAt) {
      return {
        template: 'task-done',
        ...common,
        completed: formatInstant(part.completedAt, viewer),
        said: part.said ?? '',
      };
    }
    if (isOver) return closed;
    const isOverdue = part.dueAt !== null && part.dueAt <= viewer.now;
    if (viewer.isRetired) return { template: 'task-retired', ...common, isOverdue };
    const isSnoozed = part.snoozedUntil !== null && part.snoozedUntil > viewer.now;
    const snoozed = isSnoozed && part.snoozedUntil ? formatInstant(part.snoozedUntil, viewer) : '';
    return { ...common, reflection: part.reflection, isOverdue, snoozed };
  },
  renew: renewTaskCards,
};

/** The small form in which a new deadline is picked. */
export const extend: Card = {
  load: async (db, id, viewer) => {
    const row = await queries.findTask(db, id);
    if (!row?.dueAt) return undefined;
    const isOver = row.state !== 'published';
    return {
      topic: row.topic ?? '',
      due: formatDeadline(row.dueAt, viewer),
      initial: formatForPicker(row.dueAt, viewer),
      isOver,
    };
  },
};
