/** Sets and takes back the timers that remind whoever is still open. */
import type { Turn } from '../../feature.ts';
import { planReminders } from './rules.ts';

/** Sets the timers of a task anew, as its deadline stands now. */
export async function planRemindersOf(turn: Turn, id: string, announcedAt: Date, dueAt: Date): Promise<void> {
  await cancelReminders(turn, id);
  for (const { moment, at } of planReminders(announcedAt, dueAt, turn.calendar)) {
    await turn.later('remind', { task: id, moment, after: '' }, { at, key: `remind:${id}:${moment}` });
  }
}

/** Nobody is reminded of this task any more. */
export async function cancelReminders(turn: Turn, id: string): Promise<void> {
  await turn.cancel(`remind:${id}:workday-before`);
  await turn.cancel(`remind:${id}:morning`);
}
