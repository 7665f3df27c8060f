/** The administrator's turn without a chat around it: what a list or a start-up does inside the house. */
import { settingsOf } from '../../../src/app.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/sample.ts';
import type { PersonTurn } from '../../../src/feature.ts';
import { createTurn } from '../../../src/inbox/turn.ts';
import { createLog } from '../../../src/log.ts';
import type { Person } from '../../../src/people/person.ts';
import type { House } from '../../support/house.ts';

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
      ...{ policy: { nextQuietPush: (from: Date) => from }, settings: settingsOf(readConfig({})) },
    };
    const turn = createTurn(context, 'quizzes', { db, now, hasNews: false });
    return act({ ...turn, who, eventId: 'import', saidAt: now, may: () => true });
  });
}
