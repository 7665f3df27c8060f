/** 登记请假: who is on leave is not reminded and counts apart. */
import { formatDay } from '../../calendar/format.ts';
import { parseDeadline } from '../../calendar/parse-deadline.ts';
import type { Feature, PersonTurn, Reply } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { matchOne } from '../../people/match-people.ts';

const EXAMPLE = '登记请假 程立山 11月24日至11月28日';

export const leave: Feature = {
  name: 'leave',
  commands: {
    record: {
      words: ['登记请假', '登记休假', '请假'],
      help: { does: '登记某人休假，休假期间不提醒', example: EXAMPLE },
      action: 'leave.record',
      handle: recordLeave,
    },
  },
};

/** A name, a first day and a last day; one day alone is both. Said again with the same first day, the last day is corrected. */
async function recordLeave(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply> {
  const refuse = (toast: string): Reply => ({ toast, kind: 'warning' });
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const [beginning = '', end = ''] = rest.split(/[至到~～—]+/u);
  const first = parseDeadline(beginning, viewpoint);
  const last = end ? parseDeadline(end, viewpoint) : first;
  if (!first || !last) return refuse(`请写上姓名和起止日期，例如：${EXAMPLE}`);
  const firstDay = turn.calendar.dayOf(first.at);
  const lastDay = turn.calendar.dayOf(last.at);
  if (lastDay < firstDay) return refuse('最后一天早于第一天，没有登记。请核对日期。');
  if (lastDay < turn.calendar.dayOf(turn.now)) return refuse('休假已经结束，没有登记。请核对日期。');
  const match = await matchOne(turn.db, beginning.slice(0, first.start));
  if ('unclear' in match) return refuse(match.unclear);
  const person = await findPerson(turn.db, match.person.id, turn.now);
  if (!person || !turn.may('leave.record', { branchId: person.branchId }))
    return refuse('您只能登记本支部的人，没有登记。');
  await turn.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${person.id}, ${firstDay}::date, ${lastDay}::date)
    ON CONFLICT ("personId", "firstDay") DO UPDATE SET "lastDay" = excluded."lastDay"`;
  return {
    toast: `已登记：${person.name}从${formatDay(firstDay, turn)}到${formatDay(lastDay, turn)}休假，期间不提醒。`,
    kind: 'success',
  };
}
