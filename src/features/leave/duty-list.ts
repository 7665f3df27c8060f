/** 值班 as a list: one row a person and day; what is called off is marked so. */
import { z } from 'zod';
import type { Day } from '../../calendar/calendar.ts';
import type { PersonTurn } from '../../feature.ts';
import { type ListOutcome, type ListRow, list } from '../../list.ts';
import * as queries from './queries.ts';
import { findOwnPeople, findRowPeople, PERSON_COLUMNS } from './row-people.ts';
import { decideDuty } from './rules.ts';

export const duties = list({
  plan: {
    name: '值班',
    synonyms: ['值班表', '排班', '排班表'],
    columns: {
      ...PERSON_COLUMNS,
      day: { header: '日期', synonyms: ['值班日期'], kind: 'day', type: z.string() },
      startsAt: { header: '开始', synonyms: ['开始时间', '起'], kind: 'time', type: z.string().optional() },
      endsAt: { header: '结束', synonyms: ['结束时间', '止'], kind: 'time', type: z.string().optional() },
      cancelled: {
        header: '取消（不值了填“是”）',
        kind: 'text',
        type: z.enum(['是', '否'], '只能填“是”，或留空').optional(),
      },
    },
  },
  in: { action: 'leave.record', take: takeDuties },
  out: {
    action: 'leave.record',
    rows: async (turn, period) => {
      const own = await findOwnPeople(turn);
      const found = await queries.findDuties(turn.db, period);
      return found.flatMap(({ personId, day, startsAt, endsAt }) => {
        const person = own.get(personId);
        const times = { startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined };
        return person ? [{ name: person.name, unit: person.unit, day, ...times }] : [];
      });
    },
  },
});

type DutyValues = {
  name: string;
  unit?: string | undefined;
  day: Day;
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  cancelled?: '是' | '否' | undefined;
};

async function takeDuties(turn: PersonTurn, rows: ListRow<DutyValues>[]): Promise<ListOutcome> {
  await queries.lockLeave(turn.db);
  const { found, problems } = await findRowPeople(turn, rows);
  const days = found.map(({ values }) => values.day).sort();
  const [firstDay = '', lastDay = ''] = [days[0], days.at(-1)];
  const known = new Map(
    (firstDay ? await queries.findDuties(turn.db, { firstDay, lastDay }) : []).map((duty) => [keyOf(duty), duty]),
  );
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems };
  const written: queries.DutyRow[] = [];
  const deleted: queries.DutyRow[] = [];
  const seen = new Map<string, number>();
  for (const { number, person, values } of found) {
    const duty = {
      personId: person.id,
      day: values.day,
      startsAt: values.startsAt ?? null,
      endsAt: values.endsAt ?? null,
    };
    const isCancelled = values.cancelled === '是';
    const decision = decideDuty(known.get(keyOf(duty)), { ...duty, isCancelled });
    const twin = seen.get(keyOf(duty));
    if (twin !== undefined && decision !== 'same') {
      problems.push({ row: number, reason: `第 ${twin} 行已有这个人这一天的值班，两行不一样` });
      continue;
    }
    outcome[decision] += 1;
    seen.set(keyOf(duty), number);
    if (decision === 'same') continue;
    if (isCancelled) {
      deleted.push(duty);
      known.delete(keyOf(duty));
    } else {
      written.push(duty);
      known.set(keyOf(duty), duty);
    }
  }
  await queries.writeDuties(turn.db, written);
  await queries.deleteDuties(turn.db, deleted);
  return outcome;
}

function keyOf({ personId, day }: { personId: string; day: Day }): string {
  return `${personId}:${day}`;
}
