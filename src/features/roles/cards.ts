/** The cards for giving and ending roles. */
import { formatDay } from '../../calendar/format.ts';
import { card } from '../../feature.ts';
import { findRoles, ROLES } from '../../people/assign-role.ts';
import { AnyRef } from '../../sight.ts';
import { roleForm } from './forms.ts';

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
      SELECT 'branch:' || id AS value, name AS text FROM branch UNION ALL SELECT 'unit:' || id, name FROM unit
      UNION ALL SELECT 'point:' || id, '领取点：' || name FROM pickup_point ORDER BY value`;
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
    const roles = (await findRoles(db, personId, viewer.now)).map(({ id, role, scope, from, until, source }) => ({
      id,
      text: `${scope ?? '全支队'} ${ROLES[role]?.name ?? role}`,
      dates: `${dayOf(from)}起${until ? `，${dayOf(new Date(until.getTime() - 1))}止` : ''} · ${SOURCES[source] ?? source}`,
    }));
    return { name: person.name, roles, count: roles.length };
  },
});
