/** 学习任务 and 完成情况 as lists that come out: what was issued, and who of those one may watch has done it. */
import { z } from 'zod';
import type { PersonTurn } from '../../feature.ts';
import { list } from '../../list.ts';
import { audienceOf, nameAudience } from '../../people/audience.ts';
import { findPlacedPeople, type PlacedPerson, scopeOfPerson } from '../../people/placed-people.ts';
import type { Reader } from '../../storage/database.ts';
import { KINDS, type Kind } from './schema.ts';

/** A task that was published, and its parts. */
type Issued = {
  id: string;
  kind: Kind;
  topic: string;
  dueAt: Date;
  publishedAt: Date;
  state: string;
  issuedById: string;
  issuer: string;
  audienceKind: string | null;
  audienceId: string | null;
  audienceWho: string;
  parts: { personId: string; completedAt: string | null; reflection: string | null }[];
};

const STATES: Record<string, string> = { published: '已发布', withdrawn: '已撤销' };

const TASK_COLUMNS = {
  kind: { header: '学习类型', kind: 'text', type: z.string(), width: 20 },
  topic: { header: '学习内容', kind: 'text', type: z.string(), width: 40 },
  issuer: { header: '发布人', kind: 'name', type: z.string() },
  publishedAt: { header: '发布时间', kind: 'instant', type: z.date() },
  dueAt: { header: '完成时限', kind: 'instant', type: z.date() },
} as const;

/** Counts are of the people whom the reader may watch. */
export const tasks = list({
  plan: {
    name: '学习任务',
    columns: {
      ...TASK_COLUMNS,
      audience: { header: '参加范围', kind: 'text', type: z.string() },
      state: { header: '状态', kind: 'text', type: z.string(), width: 10 },
      people: { header: '应完成人数', kind: 'number', type: z.number(), width: 12 },
      done: { header: '已完成人数', kind: 'number', type: z.number(), width: 12 },
    },
  },
  out: {
    action: 'study.watch',
    rows: async (turn, period) => {
      const watched = await findWatched(turn);
      const rows = [];
      for (const { parts, ...task } of await findIssued(turn, period)) {
        const seen = parts.filter(({ personId }) => watched.has(personId));
        if (seen.length === 0 && task.issuedById !== turn.who.id) continue;
        const audience = audienceOf(task);
        rows.push({
          ...describeTask(task),
          audience: audience ? await nameAudience(turn.db, audience) : '',
          state: STATES[task.state] ?? '',
          people: seen.length,
          done: seen.filter(({ completedAt }) => completedAt !== null).length,
        });
      }
      return rows;
    },
  },
});

export const completions = list({
  plan: {
    name: '完成情况',
    columns: {
      ...TASK_COLUMNS,
      name: { header: '姓名', kind: 'name', type: z.string() },
      unit: { header: '单位', kind: 'text', type: z.string() },
      branch: { header: '所属党支部', kind: 'text', type: z.string(), width: 28 },
      result: { header: '完成情况', kind: 'text', type: z.string(), width: 12 },
      completedAt: { header: '完成时间', kind: 'instant', type: z.date().optional() },
      reflection: { header: '心得', kind: 'text', type: z.string().optional(), width: 40 },
    },
  },
  out: {
    action: 'study.watch',
    rows: async (turn, period) => {
      const watched = await findWatched(turn);
      return (await findIssued(turn, period)).flatMap(({ parts, ...task }) =>
        parts.flatMap(({ personId, completedAt, reflection }) => {
          const person = watched.get(personId);
          if (!person) return [];
          const done =
            completedAt === null ? { result: '未完成' } : { result: '已完成', completedAt: new Date(completedAt) };
          const { name, unit, branch } = person;
          return [{ ...describeTask(task), name, unit, branch, ...done, ...(reflection && { reflection }) }];
        }),
      );
    },
  },
});

function describeTask({ kind, topic, issuer, publishedAt, dueAt }: Omit<Issued, 'parts'>) {
  return { kind: KINDS[kind] ?? '学习', topic, issuer, publishedAt, dueAt };
}

/** Everybody whom the reader may watch, leavers too, by id. */
async function findWatched(turn: PersonTurn): Promise<Map<string, PlacedPerson>> {
  const people = (await findPlacedPeople(turn.db)).filter((one) => turn.may('study.watch', scopeOfPerson(one)));
  return new Map(people.map((person) => [person.id, person]));
}

/** The tasks that were published in the period, the oldest first. */
function findIssued(
  { db, calendar }: { db: Reader } & Pick<PersonTurn, 'calendar'>,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<Issued[]> {
  const [from, until] = [calendar.at(firstDay, '00:00'), calendar.at(calendar.addDays(lastDay, 1), '00:00')];
  return db.sql<Issued>`
    SELECT t.id, t.kind, t.topic, t."dueAt", t."publishedAt", t.state, t."issuedById", i.name AS issuer, t."audienceKind", t."audienceId", t."audienceWho",
      COALESCE((SELECT json_agg(json_build_object('personId', a."personId", 'completedAt', a."completedAt", 'reflection', a.reflection) ORDER BY p.name, p.id)
        FROM study_assignment a JOIN person p ON p.id = a."personId" WHERE a."taskId" = t.id), '[]') AS parts
    FROM study_task t JOIN person i ON i.id = t."issuedById"
    WHERE t."publishedAt" >= ${from} AND t."publishedAt" < ${until} AND t.state IN ('published', 'withdrawn') ORDER BY t."publishedAt", t.id`;
}
