/** A file of minutes on its card: to which session it belongs, or what became of it. */
import { formatDay } from '../../../calendar/format.ts';
import { card } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import { findOwnHolders, nameHolder } from '../branches.ts';
import { minutesForm } from '../forms.ts';
import { nameKind } from '../kinds.ts';
import { dayOf, findRecent, findSession } from '../ledger/queries.ts';
import { findMinutes, findMinutesMatter } from './queries.ts';

const MAX_OPTION_CHARACTERS = 60;
const ENDS = { discarded: '没有存入，文件已删除', replaced: '已由新的文件替换', deleted: '已删除' } as const;

export const minutes = card({
  ref: Id,
  action: 'sessions.record',
  matter: findMinutesMatter,
  form: minutesForm,
  load: async (db, id, viewer) => {
    const file = await findMinutes(db, id);
    if (!file) return undefined;
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
    const own = viewer.who ? await findOwnHolders(db, viewer.who, 'sessions.record') : [];
    const recent = await findRecent(
      db,
      own.map((holder) => holder.id),
    );
    const names = new Map(own.map((holder) => [holder.id, holder.name]));
    return {
      template: 'minutes-choose',
      name: file.name,
      holds: {},
      options: {
        session: recent.map((session) => {
          const holder = own.length > 1 ? `${names.get(session.branchId) ?? ''} ` : '';
          const text = `${formatDay(dayOf(session.heldOn), viewer)}${holder}${nameKind(session.kind)}：${session.topic}`;
          return { value: session.id, text: text.slice(0, MAX_OPTION_CHARACTERS) };
        }),
      },
    };
  },
});
