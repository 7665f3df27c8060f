/** The house's own jobs: forgetting what is no longer needed, and the guard of the workday calendar. */
import { z } from 'zod';
import { type Feature, job, type Turn } from '../feature.ts';
import { findHolders } from '../people/find-holders.ts';

/** Feishu pushes an event again for seven hours; presses of old cards come as new events. */
const KEEP_EVENTS_DAYS = 3;
const KEEP_PUSH_COUNTS_DAYS = 60;
/** The State Council publishes next year's holidays in autumn: from November on their absence is worth an alarm. */
const ALARM_FROM_MONTH = 11;
const DAY_MS = 86_400_000;

const Tick = z.object({ slot: z.string() });

export const housekeeping: Feature = {
  name: 'house',
  jobs: {
    forget: job({ payload: Tick, handle: forget }),
    'guard-calendar': job({ payload: Tick, handle: guardCalendar }),
  },
  timetable: [
    { name: 'forget', cron: '41 3 * * *', job: 'forget' },
    { name: 'guard-calendar', cron: '20 9 * * 1', job: 'guard-calendar' },
  ],
  cards: { 'calendar-gap': { load: async (_db, year) => ({ year }) } },
};

async function forget(turn: Turn): Promise<void> {
  const before = (days: number) => new Date(turn.now.getTime() - days * DAY_MS);
  await turn.db.sql`DELETE FROM event WHERE "receivedAt" < ${before(KEEP_EVENTS_DAYS)}`;
  await turn.db.sql`DELETE FROM daily_push WHERE day < ${before(KEEP_PUSH_COUNTS_DAYS)}`;
}

/** Tells the administrators, once a month, when the holidays of this or the next year are missing. */
async function guardCalendar(turn: Turn): Promise<void> {
  const [year = 0, month = 0] = turn.calendar.dayOf(turn.now).split('-').map(Number);
  const missing = [year, ...(month >= ALARM_FROM_MONTH ? [year + 1] : [])].filter(
    (one) => !turn.calendar.knowsYear(one),
  );
  const administrators = await findHolders(turn.db, 'administrator', turn.now);
  for (const one of missing) {
    turn.log.warn({ year: one }, 'the workday calendar does not know the holidays of this year');
    await turn.deliver(
      ...administrators.map(
        (person) =>
          ({
            key: `calendar-gap:${one}:${year}-${month}:${person}`,
            to: { person },
            card: 'calendar-gap',
            ref: String(one),
            push: 'quiet',
          }) as const,
      ),
    );
  }
}
