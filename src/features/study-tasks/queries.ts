/** Reads and writes of what study tasks are about; nobody else touches these tables. */
import type { PersonsPart } from '../../publication/parts.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { Content } from './rules.ts';

/** What these tasks are about, by id. */
export async function findContents(db: Reader, ids: string[]): Promise<Map<string, Content>> {
  const rows = await db.sql<Content & { id: string }>`
    SELECT id, kind, topic, link, reflection FROM study_task WHERE id = ANY (${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...content }) => [id, content]));
}

/** Keeps what a task is about, new or changed. */
export async function keepContent(
  db: Transaction,
  id: string,
  { kind, topic, link, reflection }: Content,
): Promise<void> {
  await db.sql`
    INSERT INTO study_task (id, kind, topic, link, reflection) VALUES (${id}::uuid, ${kind}, ${topic}, ${link}, ${reflection})
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, topic = excluded.topic, link = excluded.link, reflection = excluded.reflection`;
}

/** Marks one part as done, with its reflection, if the task stands and has the reflection it asks for: one statement, since a crowd runs it at once. */
export async function completePart(
  db: Transaction,
  task: string,
  person: string,
  reflection: string,
  now: Date,
): Promise<boolean> {
  const [done] = await db.sql<{ isDone: boolean | null }>`
    WITH done AS (
      SELECT finish_part(id, ${person}, ${now}) AS "isDone" FROM study_task
      WHERE id = ${task}::uuid AND (reflection <> 'required' OR ${reflection} <> '')),
    kept AS (
      INSERT INTO study_reflection ("taskId", "personId", text) SELECT ${task}::uuid, ${person}, ${reflection} FROM done WHERE "isDone" AND ${reflection} <> ''
      ON CONFLICT ("taskId", "personId") DO UPDATE SET text = excluded.text),
    gone AS (
      DELETE FROM study_reflection r USING done WHERE done."isDone" AND ${reflection} = '' AND r."taskId" = ${task}::uuid AND r."personId" = ${person})
    SELECT "isDone" FROM done`;
  return done?.isDone === true;
}

/** One person's part in a task, with what it is about and what they wrote. */
export type TaskPart = PersonsPart & Content & { said: string | null };

/** What a person sees of a task; undefined when they have no part in it. */
export async function findTaskPart(db: Reader, task: string, person: string): Promise<TaskPart | undefined> {
  const [part] = await db.sql<TaskPart>`
    SELECT part.*, t.kind, t.topic, t.link, t.reflection, r.text AS said
    FROM part_of(${task}::uuid, ${person}) part JOIN study_task t ON t.id = ${task}::uuid
    LEFT JOIN study_reflection r ON r."taskId" = t.id AND r."personId" = ${person}`;
  return part;
}

/** Every reflection on these tasks, by task and person. */
export async function findReflections(db: Reader, tasks: string[]): Promise<Map<string, string>> {
  const rows = await db.sql<{ taskId: string; personId: string; text: string }>`
    SELECT "taskId", "personId", text FROM study_reflection WHERE "taskId" = ANY (${tasks}::uuid[])`;
  return new Map(rows.map(({ taskId, personId, text }) => [`${taskId} ${personId}`, text]));
}
