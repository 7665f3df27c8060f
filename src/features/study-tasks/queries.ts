/** Reads and writes of study tasks; nobody else touches these tables. */
import { type Audience, audienceColumns, audienceOf } from '../../people/audience.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { StudyTask } from '../../storage/generated/client.ts';
import type { Draft } from './rules.ts';
import type { Kind, Reflection, UndoableAct } from './schema.ts';

export type { StudyTask } from '../../storage/generated/client.ts';

/** The task, or null. */
export function findTask(db: Reader, id: string): Promise<StudyTask | null> {
  return db.models.studyTask.findUnique({ where: { id } });
}

/** What the secretary has said of a task, in the words of `rules.ts`. */
export function draftOf(task: StudyTask): Draft {
  return {
    kind: task.kind as Kind | null,
    topic: task.topic,
    link: task.link,
    audience: audienceOf(task),
    dueAt: task.dueAt,
    reflection: task.reflection as Reflection,
  };
}

/** Keeps a new draft and gives its id. */
export async function createDraft(
  db: Transaction,
  draft: Draft,
  issuer: { id: string; branchId: string | null },
  now: Date,
): Promise<string> {
  const { audience, ...rest } = draft;
  const data = {
    ...rest,
    ...audienceColumns(audience),
    issuedById: issuer.id,
    branchId: issuer.branchId,
    createdAt: now,
  };
  return (await db.models.studyTask.create({ data })).id;
}

/** Changes a draft and shows its preview again; false when it is no draft any more. */
export async function updateDraft(db: Transaction, id: string, { audience, ...rest }: Draft): Promise<boolean> {
  const data = { ...rest, ...audienceColumns(audience), isEditing: false };
  return (await db.models.studyTask.updateMany({ where: { id, state: 'draft' }, data })).count === 1;
}

/** Shows a draft's form again, with everything filled in. */
export async function reopenDraft(db: Transaction, id: string): Promise<void> {
  await db.models.studyTask.updateMany({ where: { id, state: 'draft' }, data: { isEditing: true } });
}

/** Moves a task from one state to another, once; false when somebody else did. */
export async function moveTask(
  db: Transaction,
  id: string,
  from: 'draft' | 'published',
  data:
    | { state: 'published'; publishedAt: Date; isUrgent: boolean; lastAct: 'publish'; lastActAt: Date }
    | { state: 'cancelled' }
    | { state: 'withdrawn'; withdrawnAt: Date; lastAct: 'withdraw'; lastActAt: Date },
): Promise<boolean> {
  return (await db.models.studyTask.updateMany({ where: { id, state: from }, data })).count === 1;
}

/** Puts a published task's deadline off and remembers the old one; false when it is not published. */
export async function putOff(db: Transaction, id: string, dueAt: Date, now: Date): Promise<boolean> {
  const moved = await db.sql`
    UPDATE study_task SET "dueBefore" = "dueAt", "dueAt" = ${dueAt}, "lastAct" = 'extend', "lastActAt" = ${now}
    WHERE id = ${id}::uuid AND state = 'published' RETURNING id`;
  return moved.length === 1;
}

/**
 * Undoes what was done last, once: a publication is recalled, an extension gives the old deadline back, a withdrawn task stands again
 * and is announced anew. False when something else was done since.
 */
export async function undoLastAct(db: Transaction, id: string, act: UndoableAct, now: Date): Promise<boolean> {
  const undone = await db.sql`
    UPDATE study_task SET "lastAct" = NULL, "lastActAt" = NULL, "dueBefore" = NULL,
      state = CASE WHEN ${act} = 'publish' THEN 'recalled' ELSE 'published' END,
      "withdrawnAt" = CASE WHEN ${act} = 'publish' THEN ${now}::timestamptz END,
      "dueAt" = CASE WHEN ${act} = 'extend' THEN "dueBefore" ELSE "dueAt" END,
      "announcedAt" = CASE WHEN ${act} = 'withdraw' THEN NULL ELSE "announcedAt" END,
      "announcedCount" = CASE WHEN ${act} = 'withdraw' THEN 0 ELSE "announcedCount" END
    WHERE id = ${id}::uuid AND "lastAct" = ${act} AND state = CASE WHEN ${act} = 'withdraw' THEN 'withdrawn' ELSE 'published' END
    RETURNING id`;
  return undone.length === 1;
}

/** Gives everybody of the audience their part in the task, as of now, and says how many there are. */
export async function assign(db: Transaction, task: string, { kind, id, who }: Audience): Promise<number> {
  const [assigned] = await db.sql<{ count: number }>`
    WITH assigned AS (
      INSERT INTO study_assignment ("taskId", "personId", "isUnreachable", "unitId")
      SELECT ${task}::uuid, id, NOT "isReachable", "unitId" FROM people_of(${kind}, ${id}, ${who}) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::int AS count FROM assigned`;
  return assigned?.count ?? 0;
}

/** The next people of a published task after `after`, in the order of ids: whoever is not done and can be reached. */
export async function findOpenAfter(db: Reader, task: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT a."personId" FROM study_assignment a JOIN study_task t ON t.id = a."taskId"
    WHERE a."taskId" = ${task}::uuid AND t.state = 'published' AND a."completedAt" IS NULL AND NOT a."isUnreachable" AND a."personId" > ${after}
    ORDER BY a."personId" LIMIT ${limit}`;
  return rows.map(({ personId }) => personId);
}

/**
 * Writes down how far the announcing of a published task has come: up to the person `last`, or to the end. Undefined when the task is
 * not published any more. It holds the task's row: whoever takes the task back waits until this round is written.
 */
export async function noteAnnounced(
  db: Transaction,
  task: string,
  last: string | undefined,
  isEnd: boolean,
  now: Date,
): Promise<{ isUrgent: boolean } | undefined> {
  const [row] = await db.sql<{ isUrgent: boolean }>`
    UPDATE study_task SET "announcedAt" = CASE WHEN ${isEnd} THEN ${now}::timestamptz END,
      "announcedCount" = GREATEST("announcedCount", (SELECT count(*)::int FROM study_assignment WHERE "taskId" = ${task}::uuid AND "personId" <= ${last ?? ''}))
    WHERE id = ${task}::uuid AND state = 'published' RETURNING "isUrgent"`;
  return row;
}

/** Marks one part as done if it is open and the task stands: the one statement that a crowd runs at once. */
export async function completeAssignment(
  db: Transaction,
  task: string,
  person: string,
  reflection: string,
  now: Date,
): Promise<boolean> {
  const done = await db.sql`
    UPDATE study_assignment a SET "completedAt" = ${now}, reflection = ${reflection || null} FROM study_task t
    WHERE t.id = a."taskId" AND t.state = 'published' AND (t.reflection <> 'required' OR ${reflection} <> '')
      AND a."taskId" = ${task}::uuid AND a."personId" = ${person} AND a."completedAt" IS NULL RETURNING a."personId"`;
  return done.length === 1;
}

/** A task with one person's part in it, and who issued it. */
export type Part = Pick<
  StudyTask,
  'id' | 'state' | 'kind' | 'topic' | 'link' | 'dueAt' | 'reflection' | 'withdrawnAt'
> & {
  issuer: string;
  audience: string;
  completedAt: Date | null;
  said: string | null;
  snoozedUntil: Date | null;
};

/** What a person sees of a task; undefined when they have no part in it. */
export async function findPart(db: Reader, task: string, person: string): Promise<Part | undefined> {
  const [part] = await db.sql<Part>`
    SELECT t.id, t.state, t.kind, t.topic, t.link, t."dueAt", t.reflection, t."withdrawnAt", i.name AS issuer, a."completedAt", a.reflection AS said, a."snoozedUntil",
      CASE t."audienceKind" WHEN 'branch' THEN (SELECT name FROM branch WHERE id::text = t."audienceId")
        WHEN 'unit' THEN (SELECT name FROM unit WHERE id = t."audienceId") ELSE '全支队' END || CASE t."audienceWho" WHEN 'members' THEN '全体党员' ELSE '全体人员' END AS audience
    FROM study_assignment a JOIN study_task t ON t.id = a."taskId" JOIN person i ON i.id = t."issuedById"
    WHERE a."taskId" = ${task}::uuid AND a."personId" = ${person}`;
  return part;
}

/** A message to this person about the task did not and will not arrive. */
export async function markUnreachable(db: Transaction, task: string, person: string): Promise<void> {
  await db.sql`UPDATE study_assignment SET "isUnreachable" = true WHERE "taskId" = ${task}::uuid AND "personId" = ${person}`;
}

/** Keeps when an open part should come again; false when there is nothing open. */
export async function snooze(db: Transaction, task: string, person: string, until: Date): Promise<boolean> {
  const kept = await db.sql`
    UPDATE study_assignment a SET "snoozedUntil" = ${until} FROM study_task t
    WHERE t.id = a."taskId" AND t.state = 'published' AND a."taskId" = ${task}::uuid AND a."personId" = ${person} AND a."completedAt" IS NULL
    RETURNING a."personId"`;
  return kept.length === 1;
}

/** Ends a snooze; whether the part is still open, and the person still in service. */
export async function endSnooze(db: Transaction, task: string, person: string): Promise<boolean> {
  const ended = await db.sql`
    UPDATE study_assignment a SET "snoozedUntil" = NULL FROM study_task t, person p
    WHERE t.id = a."taskId" AND t.state = 'published' AND p.id = a."personId" AND p.status = 'active'
      AND a."taskId" = ${task}::uuid AND a."personId" = ${person} AND a."completedAt" IS NULL RETURNING a."personId"`;
  return ended.length === 1;
}

/** Of these parts, those that are open, with the deadline ahead and the person to be reached. */
export function findRunning(
  db: Reader,
  parts: { ref: string; person: string }[],
  now: Date,
): Promise<{ task: string; person: string }[]> {
  return db.sql`
    SELECT DISTINCT t.id::text AS task, p.id AS person FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS part (ref uuid, person text)
    JOIN study_assignment a ON a."taskId" = part.ref AND a."personId" = part.person JOIN study_task t ON t.id = a."taskId"
    JOIN person p ON p.id = a."personId"
    WHERE t.state = 'published' AND t."dueAt" > ${now} AND a."completedAt" IS NULL AND NOT a."isUnreachable" AND p.status = 'active'`;
}

/** The published tasks a person has yet to do, the most urgent first. */
export function findOpenTasks(
  db: Reader,
  person: string,
): Promise<{ id: string; kind: Kind; topic: string; dueAt: Date }[]> {
  return db.sql`
    SELECT t.id, t.kind, t.topic, t."dueAt" FROM study_assignment a JOIN study_task t ON t.id = a."taskId"
    WHERE a."personId" = ${person} AND a."completedAt" IS NULL AND t.state = 'published' ORDER BY t."dueAt" LIMIT 30`;
}

/** The tasks a person issued that still run, or ended within the last week. */
export function findIssuedTasks(db: Reader, person: string, now: Date): Promise<{ id: string }[]> {
  return db.sql`
    SELECT id FROM study_task WHERE "issuedById" = ${person} AND state = 'published' AND "dueAt" > ${new Date(now.getTime() - 7 * 86_400_000)}
    ORDER BY "dueAt" LIMIT 5`;
}
