/** One function per thing that can happen to a role. */
import { formatDay } from '../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard, type Typed } from '../../feature.ts';
import { assignRole, endRole, findGiven, findRoles, lockRoles, ROLES } from '../../people/assign-role.ts';
import { findOne } from '../../people/find-people.ts';
import { pickPerson } from '../../reading/pick/pick-who.ts';
import { roleForm } from './forms.ts';
import { nameOf } from './names.ts';
import { ToldRef } from './schema.ts';

const SCOPE_WORDS = { detachment: '全支队', unit: '一个单位', branch: '一个支部', point: '一个领取点' };

/** 设置角色: the form. */
export async function openForm(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'form', turn.eventId);
  return undefined;
}

/** 结束角色 with a name: the roles of that person. */
export async function openHeld(turn: PersonTurn, typed: Typed): Promise<Reply | undefined> {
  const said = pickPerson(typed.reading);
  const rest = said.is === 'one' ? said.value.id : typed.rest;
  if (rest === '') return { toast: '请在后面写上姓名，例如：结束角色 程立山', kind: 'warning' };
  const match = await findOne(turn.db, rest);
  if ('unclear' in match) return { toast: match.unclear, kind: 'warning' };
  await sendCard(turn, 'held', match.person.id);
  return undefined;
}

/** The filled-in form: one role from its first to its last day. */
export async function assign(turn: PressTurn): Promise<Reply> {
  const form = roleForm.read(turn.form);
  const match = await findOne(turn.db, form.person);
  if ('unclear' in match) return refuse(match.unclear);
  const [scopeKind = '', scopeId = ''] = form.scope.split(/:(.*)/s);
  const { name, scope } = ROLES[form.role];
  if (scopeKind !== scope) return refuse(`${name}的范围要选${SCOPE_WORDS[scope]}，请重新选择。`);
  const today = turn.calendar.dayOf(turn.now);
  const firstDay = form.from ?? today;
  if (form.until && form.until < firstDay) return refuse('截止日期早于开始日期，请重新选择。');
  if (form.until && form.until < today) return refuse('截止日期已经过去，请重新选择。');
  await lockRoles(turn.db);
  // Whoever says 管理员 of the last one from next week, or until then, would leave nobody meanwhile or afterwards.
  if (
    form.role === 'administrator' &&
    (firstDay > today || form.until) &&
    (await isLastAdministrator(turn, match.person.id))
  )
    return refuse('这是最后一位管理员，不能改成以后开始或到期结束。请先设置另一位管理员。');
  const given = await assignRole(
    turn.db,
    {
      personId: match.person.id,
      role: form.role,
      scopeId: scopeId || null,
      from: firstDay <= today ? turn.now : turn.calendar.at(firstDay, '00:00'),
      until: form.until ? turn.calendar.at(turn.calendar.addDays(form.until, 1), '00:00') : null,
    },
    'chat',
    turn.now,
  );
  await tell(turn, 'given', given, match.person.id);
  turn.log.info({ by: turn.who.id, person: match.person.id, role: form.role, scope: form.scope }, 'a role was given');
  const until = form.until ? `，到${formatDay(form.until, turn)}为止` : '';
  return {
    toast: `${match.person.name}从${formatDay(firstDay, turn)}起为${name}${until}。`,
    kind: 'success',
    keepForm: true,
  };
}

/** 结束 beside a role. The last administrator stays: nobody could give a role any more. */
export async function end(turn: PressTurn, { role }: { role: string }): Promise<Reply> {
  await lockRoles(turn.db);
  const found = await findGiven(turn.db, role, turn.now);
  if (found?.role === 'administrator' && found.isLast)
    return refuse('这是最后一位管理员，结束后就没有人能设置角色。请先设置接任的管理员。');
  const person = await endRole(turn.db, role, turn.now);
  if (!found || !person) return { toast: '这个角色已经结束了。' };
  await turn.refresh({ card: 'told', ref: ToldRef.write({ what: 'given', role }) });
  await tell(turn, 'ended', role, person);
  turn.log.info({ by: turn.who.id, person, role }, 'a role was ended');
  const left = found.isLast ? `现在没有人是${nameOf(found)}，请尽快设置。` : '';
  return { toast: `已结束这个角色。${left}`, kind: left ? 'warning' : 'success' };
}

async function isLastAdministrator(turn: PressTurn, person: string): Promise<boolean> {
  const held = await findRoles(turn.db, person, turn.now);
  return held.some(({ role, isLast }) => role === 'administrator' && isLast);
}

/** Whoever gets or loses a role is told, once for each. */
function tell(turn: PressTurn, what: 'given' | 'ended', role: string, person: string): Promise<void> {
  const ref = ToldRef.write({ what, role });
  return turn.deliver({ key: `told:${ref}`, to: { person }, card: 'told', ref, push: 'quiet' });
}
