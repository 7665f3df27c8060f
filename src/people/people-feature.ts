/** The people room's own jobs: reading the contacts every night, and soon after something changed in them. */
import { z } from 'zod';
import { type Feature, job } from '../feature.ts';
import type { Messenger } from '../messenger/port.ts';
import { appointConfiguredAdministrators, type ContactFields, synchronisePeople } from './synchronise.ts';

/** `administrators` are the open ids of `ADMIN_IDS`. */
export function peopleFeature(messenger: Messenger, fields: ContactFields, administrators: string[]): Feature {
  return {
    name: 'people',
    jobs: {
      synchronise: job({
        payload: z.object({}),
        handle: async (turn) => {
          await synchronisePeople(turn.db, messenger, fields, turn.log);
          await appointConfiguredAdministrators(turn.db, administrators);
        },
      }),
    },
    timetable: [{ name: 'nightly', cron: '12 3 * * *', job: 'synchronise' }],
  };
}
