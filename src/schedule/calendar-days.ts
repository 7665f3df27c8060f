/** The imported days of the calendar: read at the start, again in every process when they change, and followed by what was planned. */
import type { CalendarOverride, LiveCalendar } from '../calendar/create-calendar.ts';
import type { Feature, Job } from '../feature.ts';
import type { Database, Reader } from '../storage/database.ts';

/** A process that has not read the new days yet does so on its next beat. */
const LOOK_AGAIN_MS = 2_000;

/** Every imported day. */
function readCalendarDays(db: Reader): Promise<CalendarOverride[]> {
  return db.sql<CalendarOverride>`SELECT day::text, "isWorkday", name FROM calendar_day`;
}

/** For the start and every beat: reads the days where somebody has changed them, at the cost of one row where nobody has. */
export function createCalendarRefresh(db: Database, calendar: LiveCalendar): () => Promise<void> {
  let known: string | undefined;
  return async () => {
    const [row] = await db.sql<{
      stamp: string | null;
    }>`SELECT count("appliedAt") || ':' || max("appliedAt") AS stamp FROM holiday_notice`;
    const stamp = row?.stamp ?? '';
    if (stamp === known) return;
    calendar.replaceOverrides(await readCalendarDays(db));
    known = stamp;
  };
}

/** What was planned by the old days is planned anew by each of the features, as soon as this process knows the new ones. */
export function followCalendar(features: Feature[]): Job {
  return {
    prepare: async () => async (turn, turnOf) => {
      const days = await readCalendarDays(turn.db);
      if (days.some(({ day, isWorkday }) => turn.calendar.isWorkday(day) !== isWorkday))
        return turn.later('follow-calendar', {}, { at: new Date(turn.now.getTime() + LOOK_AGAIN_MS) });
      for (const { name, calendarChanged } of features) await calendarChanged?.(turnOf(name));
    },
  };
}
