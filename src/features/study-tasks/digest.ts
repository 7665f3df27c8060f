/** Study tasks in the weekly digest: what was done, what is open, and why, counted by task. */
import { z } from 'zod';
import type { DigestCount, DigestQuestion, DigestSection } from '../../digest-section.ts';
import { button, type PressTurn, type Reply } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { createDraft } from './queries.ts';
import { nudge } from './rounds.ts';
import { KINDS, type Kind, MAX_TOPIC_CHARACTERS } from './schema.ts';

export const digest: DigestSection = {
  title: '学习任务',
  version: 1,
  figures: {
    done: {
      label: '完成任务',
      unit: '人次',
      definition: '本期内按下“我已完成”的人次，一人完成一项任务计1次。',
      isBetterWhen: 'more',
      span: 'period',
    },
    overdue: {
      label: '逾期未完成',
      unit: '人次',
      definition: '完成时间在本期内、到本期末仍未完成的人次。休假和联系不上的另计，撤销的任务不计。',
      isBetterWhen: 'less',
      span: 'period',
    },
    open: {
      label: '待完成',
      unit: '人次',
      definition: '到本期末还没有到完成时间、尚未完成的人次。休假和联系不上的另计。',
      span: 'moment',
    },
    'on-leave': {
      label: '休假未完成',
      unit: '人次',
      definition: '到本期末尚未完成、期末当天在休假的人次；完成时间早于本期的不计。',
      span: 'moment',
    },
    unreachable: {
      label: '联系不上',
      unit: '人次',
      definition: '到本期末尚未完成、任务卡片送不到本人的人次；完成时间早于本期的不计。',
      span: 'moment',
    },
  },
  chart: {
    title: '学习任务（人次）',
    figures: { done: '完成', open: '待完成', overdue: '逾期', 'on-leave': '休假', unreachable: '联系不上' },
  },
  matters: { figure: 'overdue', words: (count) => `${count}人逾期未完成`, describe: describeTasks },
  count: countTasks,
};

/** Completed in the period; or published before its end, due no earlier than its beginning, and not completed by its end. */
function countTasks(db: Reader, { groups, period, calendar, listed }: DigestQuestion): Promise<DigestCount[]> {
  const ids = (kind: string) => groups.filter((group) => group.kind === kind).map(({ id }) => id);
  const { from, until, lastDay } = period;
  return db.sql<DigestCount>`
    WITH stood AS (
      SELECT id, kind, topic, "dueAt" FROM study_task
      WHERE "publishedAt" < ${until} AND (state = 'published' OR state = 'withdrawn' AND "withdrawnAt" >= ${until})),
    part AS (
      SELECT "taskId", "personId", "completedAt", "isUnreachable" FROM study_assignment WHERE "completedAt" >= ${from} AND "completedAt" < ${until}
      UNION ALL
      SELECT a."taskId", a."personId", NULL, a."isUnreachable" FROM study_assignment a JOIN stood t ON t.id = a."taskId"
      WHERE t."dueAt" >= ${from} AND (a."completedAt" IS NULL OR a."completedAt" >= ${until})),
    placed AS (
      SELECT p."unitId", p."branchId"::text AS "branchId", t.id, t.kind, t.topic, t."dueAt", p.name, part."completedAt",
        CASE WHEN part."completedAt" IS NOT NULL THEN 'done' WHEN l."personId" IS NOT NULL THEN 'on-leave' WHEN part."isUnreachable" THEN 'unreachable'
          WHEN t."dueAt" <= ${until} THEN 'overdue' ELSE 'open' END AS figure
      FROM part JOIN stood t ON t.id = part."taskId" JOIN person p ON p.id = part."personId" AND p.status = 'active'
      LEFT JOIN (SELECT DISTINCT "personId" FROM leave WHERE ${lastDay}::date BETWEEN "firstDay" AND "lastDay") l ON l."personId" = p.id)
    SELECT g.kind, g.id, figure, placed.id::text AS matter, count(*)::int AS count,
      jsonb_agg(jsonb_build_object('who', name, 'what', COALESCE(${JSON.stringify(KINDS)}::jsonb ->> placed.kind, '') || '：' || COALESCE(topic, ''), 'count', 1,
        'note', to_char(COALESCE("completedAt", "dueAt") AT TIME ZONE ${calendar.timeZone}, 'FMMM"月"FMDD"日"HH24:MI') || CASE WHEN figure = 'done' THEN '完成' ELSE '截止' END)
        ORDER BY name) FILTER (WHERE figure = ${listed ?? ''}) AS rows
    FROM placed CROSS JOIN LATERAL (VALUES ('unit', "unitId"), ('branch', "branchId")) g (kind, id)
    WHERE g.kind = 'unit' AND g.id = ANY (${ids('unit')}::text[]) OR g.kind = 'branch' AND g.id = ANY (${ids('branch')}::text[])
    GROUP BY g.kind, g.id, figure, placed.id`;
}

async function describeTasks(db: Reader, ids: string[]) {
  const tasks = await db.sql<{ id: string; kind: Kind; topic: string; dueAt: Date }>`
    SELECT id, kind, topic, "dueAt" FROM study_task WHERE id = ANY (${ids}::uuid[])`;
  return tasks.map(({ id, kind, topic, dueAt }) => ({
    key: id,
    title: `${KINDS[kind]}：${topic}`,
    due: dueAt,
    act: { text: '催办', press: 'study-tasks/nudge-own', value: { task: id } },
  }));
}

export const digestButtons = {
  'nudge-own': button({ value: z.object({ task: z.uuid() }), action: 'study.nudge', handle: nudgeOwn }),
  'draft-from': button({
    value: z.object({ topic: z.string().trim().min(1).max(2_000) }),
    action: 'study.publish',
    handle: draftFrom,
  }),
};

/**
 * 催办 from elsewhere: whoever the person answers for and is open gets the card again, at most once a day each, whoever issued the
 * task. So a leader reaches the own unit's people in a task for the whole detachment, and nobody else's.
 */
async function nudgeOwn(turn: PressTurn, { task }: { task: string }): Promise<Reply> {
  const open = await turn.db.sql<{ personId: string; branchId: string | null; unitIds: string[] }>`
    WITH chain AS (SELECT unit, array_agg(id) AS ids FROM units_above() GROUP BY unit)
    SELECT p.id AS "personId", p."branchId"::text AS "branchId", COALESCE(chain.ids, '{}') AS "unitIds"
    FROM study_assignment a JOIN person p ON p.id = a."personId" AND p.status = 'active' LEFT JOIN chain ON chain.unit = p."unitId"
    WHERE a."taskId" = ${task}::uuid AND a."completedAt" IS NULL`;
  const own = open.filter((scope) => turn.may('study.nudge', scope)).map(({ personId }) => personId);
  return nudge(turn, task, own);
}

/** 转为任务 from elsewhere: a draft with the topic filled in, for the person to complete, check and confirm like any other. */
async function draftFrom(turn: PressTurn, { topic }: { topic: string }): Promise<Reply> {
  const id = await createDraft(
    turn.db,
    {
      ...{ kind: null, link: null, audience: null, dueAt: null, reflection: 'optional' },
      topic: topic.slice(0, MAX_TOPIC_CHARACTERS),
    },
    turn.who,
    turn.now,
  );
  await turn.deliver({ key: `draft:${id}`, to: { person: turn.who.id }, card: 'draft', ref: id, push: 'answer' });
  return { toast: '任务草稿已发给您，请补充后确认发布。', keepForm: true };
}
