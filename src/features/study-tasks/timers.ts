/** Sets and takes back the timers of a task: reminders before its deadline, what follows on it and after it. */
import type { Turn } from '../../feature.ts';
import { planLeaderNotice, planReminders, UNDO_MS } from './rules.ts';

/**
 * Sets the timers of a task anew, as its deadline stands now. A reminder whose time has passed is left out; what follows on a deadline
 * that has passed is done at once, and is not said twice.
 */
export async function planTimers(turn: Turn, id: string, announcedAt: Date, dueAt: Date): Promise<void> {
  await cancelTimers(turn, id);
  for (const { moment, at } of planReminders(announcedAt, dueAt, turn.calendar)) {
    if (at > turn.now)
      await turn.later('remind', { task: id, moment, after: '' }, { at, key: `remind:${id}:${moment}` });
  }
  await turn.later('deadline', { task: id }, { at: dueAt, key: `deadline:${id}` });
  const at = planLeaderNotice(dueAt, turn.calendar);
  await turn.later('tell-leaders', { task: id }, { at, key: `tell-leaders:${id}` });
}

/** Nothing more happens to this task by itself. */
export async function cancelTimers(turn: Turn, id: string): Promise<void> {
  for (const key of [`remind:${id}:workday-before`, `remind:${id}:morning`, `deadline:${id}`, `tell-leaders:${id}`]) {
    await turn.cancel(key);
  }
}

/** Something was done that can be undone for a while: the progress card shows it until then. */
export async function openUndo(turn: Turn, id: string): Promise<void> {
  const at = new Date(turn.now.getTime() + UNDO_MS);
  await turn.later('close-undo', { task: id }, { at, key: `close-undo:${id}` });
}
