/** 休假 as a list: secretaries for their own branch, administrators for all. */
import { z } from 'zod';
import type { Day } from '../../calendar/calendar.ts';
import { formatDay } from '../../calendar/format.ts';
import type { PersonTurn } from '../../feature.ts';
import { type ListOutcome, type ListRow, list } from '../../list.ts';
import { groupRows } from '../../storage/group-rows.ts';
import * as queries from './queries.ts';
import { findOwnPeople, findRowPeople, PERSON_COLUMNS } from './row-people.ts';
import { decideLeave, objectToSpan, type Span } from './rules.ts';

export const leaves = list({
  plan: {
    name: '休假',
    synonyms: ['请假', '休假表', '请假表'],
    columns: {
      ...PERSON_COLUMNS,
      firstDay: { header: '开始', synonyms: ['开始日期', '起', '第一天'], kind: 'day', type: z.string() },
      lastDay: { header: '结束', synonyms: ['结束日期', '止', '最后一天'], kind: 'day', type: z.string() },
    },
  },
  in: { action: 'leave.record', take: takeLeaves },
  out: {
    action: 'leave.record',
    rows: async (turn, period) => {
      const own = await findOwnPeople(turn);
      const found = await queries.findLeavesWithin(turn.db, period);
      return found.flatMap(({ personId, firstDay, lastDay }) => {
        const person = own.get(personId);
        return person ? [{ name: person.name, unit: person.unit, firstDay, lastDay }] : [];
      });
    },
  },
});

type LeaveValues = { name: string; unit?: string | undefined; firstDay: Day; lastDay: Day };

async function takeLeaves(turn: PersonTurn, rows: ListRow<LeaveValues>[]): Promise<ListOutcome> {
  await queries.lockLeave(turn.db);
  const { found, problems } = await findRowPeople(turn, rows);
  const leaves = await queries.findLeaves(turn.db, [...new Set(found.map(({ person }) => person.id))]);
  const known: Map<string, Span[]> = groupRows(leaves, ({ personId }) => personId);
  const isKnown = ({ person, values }: (typeof found)[number]) =>
    known.get(person.id)?.some(({ firstDay }) => firstDay === values.firstDay) ? 0 : 1;
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems };
  const written: queries.LeaveRow[] = [];
  const seen = new Map<string, number>();
  // What ends earlier than before makes room for what is new, wherever it stands in the file.
  for (const row of [...found].sort((a, b) => isKnown(a) - isKnown(b))) {
    const { number, person, values } = row;
    const span: Span = { firstDay: values.firstDay, lastDay: values.lastDay };
    const before = known.get(person.id) ?? [];
    const decision = decideLeave(before, span);
    const twin = seen.get(`${person.id}:${span.firstDay}`);
    const objection = objectToSpan(span) ?? (decision.is === 'overlap' ? tellOverlap(turn, decision.with) : undefined);
    if (objection) problems.push({ row: number, column: 'lastDay', reason: objection });
    else if (twin !== undefined && decision.is !== 'same')
      problems.push({ row: number, reason: `与第 ${twin} 行是同一次休假，结束日期不同` });
    else if (decision.is !== 'overlap') {
      outcome[decision.is] += 1;
      seen.set(`${person.id}:${span.firstDay}`, number);
      if (decision.is !== 'same') written.push({ personId: person.id, ...span });
      known.set(person.id, [...before.filter(({ firstDay }) => firstDay !== span.firstDay), span]);
    }
  }
  await queries.writeLeaves(turn.db, written, turn.now);
  return outcome;
}

function tellOverlap(turn: PersonTurn, { firstDay, lastDay }: Span): string {
  const known = `${formatDay(firstDay, turn)}到${formatDay(lastDay, turn)}`;
  return `与${known}的休假重叠；要改结束日期，请保持开始日期不变`;
}
