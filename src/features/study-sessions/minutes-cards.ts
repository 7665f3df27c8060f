/** A file of minutes on its card: to which session it belongs, or what became of it. */
import { formatDay } from '../../calendar/format.ts';
import type { Card } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { findOwnHolders, nameHolder } from './branches.ts';
import { nameKind } from './kinds.ts';
import { findMinutes } from './minutes-queries.ts';
import { dayOf, findRecent, findSession } from './session-queries.ts';

const MAX_OPTION_CHARACTERS = 60;
const ENDS = { discarded: '没有存入，文件已删除', replaced: '已由新的文件替换', deleted: '已删除' } as const;

export const minutes: Card = {
  load: async (db, id, viewer) => {
    const file = await findMinutes(db, id);
    if (!file || file.sentById !== viewer.person) return undefined;
    if (file.state === 'kept') {
      const session = file.sessionId === null ? null : await findSession(db, file.sessionId);
      if (!session) return undefined;
      return {
        template: 'minutes-kept',
        name: file.name,
        session: session.id,
        what: `${formatDay(dayOf(session.heldOn), viewer)}${nameKind(session.kind)}`,
        holder: await nameHolder(db, session.branchId),
        topic: session.topic,
      };
    }
    if (file.state !== 'pending') return { template: 'minutes-closed', name: file.name, line: ENDS[file.state] };
    const person = await findPerson(db, file.sentById, viewer.now);
    const own = person ? await findOwnHolders(db, person, 'sessions.record') : [];
    const recent = await findRecent(
      db,
      own.map((holder) => holder.id),
    );
    const names = new Map(own.map((holder) => [holder.id, holder.name]));
    return {
      template: 'minutes-choose',
      name: file.name,
      sessions: recent.map((session) => {
        const holder = own.length > 1 ? `${names.get(session.branchId) ?? ''} ` : '';
        const text = `${formatDay(dayOf(session.heldOn), viewer)}${holder}${nameKind(session.kind)}：${session.topic}`;
        return { value: session.id, text: text.slice(0, MAX_OPTION_CHARACTERS) };
      }),
    };
  },
};
