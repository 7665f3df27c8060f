/** 学习任务 and 完成情况 as lists that come out: what was issued, and who of those one may watch has done it. */
import { z } from 'zod';
import type { PersonTurn } from '../../feature.ts';
import { list } from '../../list.ts';
import { nameAudience } from '../../people/audience/audience-words.ts';
import { findPlacedPeople, type PlacedPerson, scopeOfPerson } from '../../people/places/placed-people.ts';
import { findPublished, type Issued } from '../../publication/queries.ts';
import { kindName, studyTask } from './publication.ts';
import { findReflections } from './queries.ts';
import type { Content } from './rules.ts';

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
      for (const task of await findIssued(turn, period)) {
        const seen = task.parts.filter(({ personId }) => watched.has(personId));
        if (seen.length === 0 && task.issuedById !== turn.who.id) continue;
        rows.push({
          ...describeTask(task),
          audience: task.audience ? await nameAudience(turn.db, task.audience) : '',
          state: STATES[task.state] ?? '',
          people: seen.length,
          done: seen.filter(({ doneAt }) => doneAt !== null).length,
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
      const issued = await findIssued(turn, period);
      const reflections = await findReflections(
        turn.db,
        issued.map(({ id }) => id),
      );
      return issued.flatMap((task) =>
        task.parts.flatMap(({ personId, doneAt, isReached }) => {
          const person = watched.get(personId);
          if (!person) return [];
          const done =
            doneAt === null
              ? { result: isReached ? '未完成' : '没送到' }
              : { result: '已完成', completedAt: new Date(doneAt) };
          const { name, unit, branch } = person;
          // What was taken back is not handed in, and waits for the next press.
          const reflection = doneAt === null ? undefined : reflections.get(`${task.id} ${personId}`);
          return [{ ...describeTask(task), name, unit, branch, ...done, ...(reflection && { reflection }) }];
        }),
      );
    },
  },
});

function describeTask({ content, issuer, publishedAt, dueAt }: Issued<Content>) {
  return { kind: kindName(content), topic: content.topic ?? '', issuer, publishedAt, dueAt };
}

/** Everybody whom the reader may watch, leavers too, by id. */
async function findWatched(turn: PersonTurn): Promise<Map<string, PlacedPerson>> {
  const people = (await findPlacedPeople(turn.db)).filter((one) => turn.may('study.watch', scopeOfPerson(one)));
  return new Map(people.map((person) => [person.id, person]));
}

/** The tasks that were published in the period, the oldest first. */
function findIssued({ db, calendar }: PersonTurn, { firstDay, lastDay }: { firstDay: string; lastDay: string }) {
  return findPublished(
    studyTask,
    db,
    calendar.at(firstDay, '00:00'),
    calendar.at(calendar.addDays(lastDay, 1), '00:00'),
  );
}
