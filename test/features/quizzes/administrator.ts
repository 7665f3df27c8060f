/** The administrator's turn without a chat around it: what a list or a start-up does inside the house. */

import { createLog } from '../../../src/basics/log.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import type { PersonTurn } from '../../../src/feature.ts';
import { features } from '../../../src/features/index.ts';
import type { Person } from '../../../src/people/person.ts';
import { createTurn } from '../../../src/turn/turn.ts';
import type { House } from '../../support/house.ts';
import { OPEN_POLICY } from '../../support/open-policy.ts';

export const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });

/** Runs `act` as the administrator's turn and keeps what it wrote. */
export function asAdministrator<T>({ app }: House, act: (turn: PersonTurn) => Promise<T>): Promise<T> {
  const who: Person = {
    ...{ id: SAMPLE_PEOPLE.administrator, name: '', kind: 'officer', politics: 'member' },
    ...{ unitId: null, branchId: null, roles: [] },
  };
  return app.db.transaction((db) => {
    const now = new Date('2026-11-23T10:00:00+08:00');
    const context = {
      ...{ calendar, log: createLog('silent'), drive: () => undefined },
      ...{ policy: OPEN_POLICY, settings: readConfig(features, {}).settings },
    };
    const turn = createTurn(context, 'quizzes', { db, now, hasNews: false });
    return act({ ...turn, who, eventId: 'import', saidAt: now, may: () => true });
  });
}
