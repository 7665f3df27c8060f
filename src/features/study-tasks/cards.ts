/** The card of a study task that people finish. */
import { formatDay, formatDeadline, formatInstant } from '../../calendar/format.ts';
import { card } from '../../feature.ts';
import { nameAudience } from '../../people/audience/audience-words.ts';
import { formatSnooze } from '../../publication/snooze.ts';
import { Id } from '../../sight.ts';
import { kindName } from './publication.ts';
import { findTaskPart } from './queries.ts';

/** One person's card of a task: open, done, over, or too old to be pressed. What was withdrawn or done before it was sent is not sent any more. */
export const task = card({
  ref: Id,
  action: 'self',
  load: async (db, id, viewer) => {
    const part = await findTaskPart(db, id, viewer.person ?? '');
    if (!part) return undefined;
    const common = {
      kind: kindName(part),
      topic: part.topic ?? '',
      link: part.link ?? '',
      issuer: part.issuer ?? '',
      audience: await nameAudience(db, part.audience),
      due: formatDeadline(part.dueAt, viewer),
    };
    const isOver = part.state !== 'published';
    if (!viewer.isSent && (isOver || part.doneAt)) return undefined;
    const closed = {
      ...{ template: 'task-closed', ...common },
      how: part.state === 'recalled' ? '撤回' : '撤销',
      at: part.endedAt ? formatInstant(part.endedAt, viewer) : '',
      isKept: part.doneAt !== null,
    };
    if (part.state === 'recalled') return closed;
    if (part.doneAt) {
      const completed = formatInstant(part.doneAt, viewer);
      const mayReopen = part.state === 'published' && part.dueAt > viewer.now && !viewer.isRetired;
      return { template: 'task-done', ...common, completed, said: part.said ?? '', mayReopen };
    }
    if (isOver) return closed;
    const isOverdue = part.dueAt <= viewer.now;
    if (viewer.isRetired) return { template: 'task-retired', ...common, isOverdue };
    const urged = part.urgedOn ? `${part.urger ?? ''}${formatDay(part.urgedOn, viewer)}催办` : '';
    return {
      ...common,
      urged,
      reflection: part.reflection,
      said: part.said ?? '',
      isOverdue,
      snoozed: formatSnooze(part.snoozedUntil, viewer),
    };
  },
});
