/** The house's own jobs: forgetting what is no longer needed, and the guard of the workday calendar. */

import { z } from 'zod';
import { card, type Feature, job, type Turn } from '../feature.ts';
import { findHolders } from '../people/find-holders.ts';
import { followCalendar } from './calendar-days.ts';
import { forgetDeliveries, forgetTraces, Place } from './forget.ts';

/** The State Council publishes next year's holidays in autumn: from November on their absence is worth an alarm. */
const ALARM_FROM_MONTH = 11;

/** Over all `features`, whose plans follow the calendar. */
export const housekeeping = (features: Feature[]): Feature => ({
  name: 'house',
  jobs: {
    forget: job({ handle: forget }),
    'forget-deliveries': job({ payload: z.object({ from: Place.optional() }), handle: forgetOld }),
    'guard-calendar': job({ handle: guardCalendar }),
    'follow-calendar': followCalendar(features),
  },
  timetable: [
    { name: 'forget', cron: '41 3 * * *', job: 'forget' },
    { name: 'forget-deliveries', cron: '47 3 * * *', job: 'forget-deliveries' },
    { name: 'guard-calendar', cron: '20 9 * * 1', job: 'guard-calendar' },
  ],
  cards: {
    'calendar-gap': card({
      ref: z.string().regex(/^\d{4}$/),
      action: 'roles.assign',
      matter: 'anywhere',
      load: async (_db, year) => ({ year }),
    }),
  },
});

/** A batch a transaction, until there is no more. */
async function forget(turn: Turn): Promise<void> {
  if (await forgetTraces(turn.db, turn.now)) await turn.later('forget', {});
}

/** The same for deliveries. */
async function forgetOld(turn: Turn, { from }: { from?: Place | undefined }): Promise<void> {
  const next = await forgetDeliveries(turn.db, turn.now, from);
  if (next) await turn.later('forget-deliveries', { from: next });
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
