/** The people room's own jobs: reading the contacts every night, and soon after something changed in them; and what it asks of administrators. */
import { z } from 'zod';
import { type Feature, preparedJob } from '../feature.ts';
import type { Messenger } from '../messenger/port.ts';
import { askAboutLoss, heldLoss, holdBackLoss } from './held-loss.ts';
import { appointConfiguredAdministrators, type ContactFields, readContacts, synchronisePeople } from './synchronise.ts';

/** `administrators` are the open ids of `ADMIN_IDS`. */
export function peopleFeature(messenger: Messenger, fields: ContactFields, administrators: string[]): Feature {
  return {
    name: 'people',
    jobs: {
      synchronise: preparedJob({
        payload: z.object({}),
        prepare: () => readContacts(messenger),
        handle: async (turn, _payload, contacts) => {
          const loss = await holdBackLoss(turn, contacts);
          if (!loss) await synchronisePeople(turn.db, contacts, fields, turn.log);
          await appointConfiguredAdministrators(turn.db, administrators);
          if (loss) await askAboutLoss(turn, loss);
        },
      }),
    },
    ...heldLoss,
    timetable: [{ name: 'nightly', cron: '12 3 * * *', job: 'synchronise' }],
  };
}
