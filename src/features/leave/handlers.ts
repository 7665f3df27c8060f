/** 登记请假 and 销假: leave by a sentence. */
import { formatDay } from '../../calendar/format.ts';
import { parseDeadline } from '../../calendar/parse-deadline.ts';
import type { PersonTurn, Reply } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { matchOne } from '../../people/match-people.ts';
import type { Person } from '../../people/person.ts';
import * as queries from './queries.ts';
import { decideLeave, endLeave, objectToSpan } from './rules.ts';

export const RECORD_EXAMPLE = '登记请假 程立山 11月24日至11月28日';
export const END_EXAMPLE = '销假 程立山';

const refuse = (toast: string): Reply => ({ toast, kind: 'warning' });

/** A name, a first day and a last day; one day alone is both. Said again with the same first day, the last day is corrected. */
export async function recordLeave(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply> {
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const [beginning = '', end = ''] = rest.split(/[至到~～—]+/u);
  const first = parseDeadline(beginning, viewpoint);
  const last = end ? parseDeadline(end, viewpoint) : first;
  if (!first || !last) return refuse(`请写上姓名和起止日期，例如：${RECORD_EXAMPLE}`);
  const span = { firstDay: turn.calendar.dayOf(first.at), lastDay: turn.calendar.dayOf(last.at) };
  const { firstDay, lastDay } = span;
  if (lastDay < firstDay) return refuse('最后一天早于第一天，没有登记。请核对日期。');
  if (lastDay < turn.calendar.dayOf(turn.now)) return refuse('休假已经结束，没有登记。请核对日期。');
  const objection = objectToSpan(span);
  if (objection) return refuse(`${objection}，没有登记。`);
  const found = await findOwnPerson(turn, beginning.slice(0, first.start));
  if ('toast' in found) return found;
  await queries.lockLeave(turn.db);
  const decision = decideLeave(await queries.findLeaves(turn.db, [found.id]), span);
  if (decision.is === 'overlap') {
    const known = `${formatDay(decision.with.firstDay, turn)}到${formatDay(decision.with.lastDay, turn)}`;
    return refuse(`${found.name}已登记${known}休假，日期有重叠，没有登记。要改，请先发送“销假 ${found.name}”。`);
  }
  await queries.writeLeaves(turn.db, [{ personId: found.id, ...span }]);
  return {
    toast: `已登记：${found.name}从${formatDay(firstDay, turn)}到${formatDay(lastDay, turn)}休假，期间不提醒。`,
    kind: 'success',
  };
}

/** Back at work from today on, or from the day that is said: the leave ends the day before, or is called off if it had not begun. */
export async function endLeaveOf(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply> {
  const said = parseDeadline(rest, { now: turn.saidAt, calendar: turn.calendar });
  const name = said ? rest.slice(0, said.start) : rest;
  if (name.trim() === '') return refuse(`请写上姓名，例如：${END_EXAMPLE}`);
  const found = await findOwnPerson(turn, name);
  if ('toast' in found) return found;
  await queries.lockLeave(turn.db);
  const day = turn.calendar.dayOf(said?.at ?? turn.saidAt);
  const end = endLeave(await queries.findLeaves(turn.db, [found.id]), day);
  if (!end) return refuse(`没有登记${found.name}在${formatDay(day, turn)}或以后休假，没有改动。`);
  if (end.lastDay === null) await queries.deleteLeave(turn.db, found.id, end.firstDay);
  else await queries.writeLeaves(turn.db, [{ personId: found.id, firstDay: end.firstDay, lastDay: end.lastDay }]);
  const what =
    end.lastDay === null
      ? `${formatDay(end.firstDay, turn)}开始的休假已取消`
      : `休假到${formatDay(end.lastDay, turn)}为止`;
  return { toast: `已销假：${found.name}${what}。`, kind: 'success' };
}

/** The one person meant, if they are the writer's to record; else the sentence that says why not. */
async function findOwnPerson(turn: PersonTurn, typed: string): Promise<Person | Reply> {
  const match = await matchOne(turn.db, typed);
  if ('unclear' in match) return refuse(match.unclear);
  const person = await findPerson(turn.db, match.person.id, turn.now);
  if (person && turn.may('leave.record', { branchId: person.branchId })) return person;
  return refuse('您只能登记本支部的人，没有登记。');
}
