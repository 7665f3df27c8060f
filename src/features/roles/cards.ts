/** The cards for giving and ending roles. */
import { formatDay } from '../../calendar/format.ts';
import { card } from '../../feature.ts';
import { findGiven, findOwner, findRoles, ROLES } from '../../people/assign-role.ts';
import { AnyRef } from '../../sight.ts';
import { roleForm } from './forms.ts';
import { nameOf } from './names.ts';
import { ToldRef } from './schema.ts';

const SOURCES: Record<string, string> = {
  configuration: '配置文件',
  contacts: '通讯录',
  sample: '示例',
  chat: '管理员设置',
};

/** The empty form with every unit, branch and pick-up point to choose from. */
export const form = card({
  ref: AnyRef,
  action: 'roles.assign',
  matter: 'anywhere',
  form: roleForm,
  load: async (db, _ref, viewer) => {
    const scopes = await db.sql<{ value: string; text: string }>`
      SELECT value, text FROM (
        SELECT 1 AS kind, 0 AS sort, 'branch:' || id AS value, name AS text FROM branch UNION ALL SELECT 2, sort, 'unit:' || id, name FROM unit
        UNION ALL SELECT 3, 0, 'point:' || id, '领取点：' || name FROM pickup_point) s ORDER BY kind, sort, text`;
    return {
      holds: { from: viewer.calendar.dayOf(viewer.now) },
      options: { scope: [{ value: 'detachment:', text: '全支队' }, ...scopes] },
    };
  },
});

/** The roles of one person, each with its end. */
export const held = card({
  ref: AnyRef,
  action: 'roles.assign',
  matter: 'anywhere',
  load: async (db, personId, viewer) => {
    const [person] = await db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${personId}`;
    if (!person) return undefined;
    const dayOf = (instant: Date) => formatDay(viewer.calendar.dayOf(instant), viewer);
    const held = await findRoles(db, personId, viewer.now);
    const roles = held.map(({ id, role, scope, from, until, source, isLast }) => ({
      id,
      text: `${scope ?? '全支队'} ${ROLES[role]?.name ?? role}`,
      dates: `${dayOf(from)}起${until ? `，${dayOf(new Date(until.getTime() - 1))}止` : ''} · ${SOURCES[source] ?? source}`,
      warning: isLast ? `这是最后一位${nameOf({ role, scope })}，结束后这里就没有人了。` : '',
    }));
    return { name: person.name, roles, count: roles.length };
  },
});

/** To whoever got or lost a role. What was given and has ended before it could be told is not told. */
export const told = card({
  ref: ToldRef,
  action: 'self',
  matter: (db, { role }) => findOwner(db, role),
  load: async (db, { what, role }, viewer) => {
    const found = await findGiven(db, role, viewer.now);
    if (!found) return undefined;
    const { from, until } = found;
    const isOver = until !== null && until <= viewer.now;
    if (what === 'given' && isOver && !viewer.isSent) return undefined;
    const dayOf = (instant: Date) => formatDay(viewer.calendar.dayOf(instant), viewer);
    const begins = from > viewer.now ? `${dayOf(from)}起，` : '';
    const ends = until && !isOver ? `，到${dayOf(new Date(until.getTime() - 1))}为止` : '';
    const line = isOver ? `您不再是${nameOf(found)}` : `${begins}您是${nameOf(found)}${ends}`;
    return { isOver, line };
  },
});
