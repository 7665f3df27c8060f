/** The door for jobs: a due row goes on the queue, and the worker turns it into one transaction, once. */
import { now as clockNow } from '../clock.ts';
import type { Registry } from '../inbox/registry.ts';
import { createTurn, inTurn, type TurnContext } from '../inbox/turn.ts';
import type { Queues } from '../queue/queues.ts';
import type { Database } from '../storage/database.ts';

/** A job that was claimed this long ago and is still here has lost its worker. */
const ABANDONED_AFTER_MS = 300_000;
const RETRY_AFTER_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000];

/** Puts due jobs on the queue; several processes may do so at once. */
export async function relayJobs(db: Database, queues: Queues): Promise<void> {
  const now = clockNow();
  const rows = await db.sql<{ id: string }>`
    UPDATE pending_job SET "claimedAt" = ${now} WHERE id IN (
      SELECT id FROM pending_job WHERE "dueAt" <= ${now} AND ("claimedAt" IS NULL OR "claimedAt" < ${new Date(now.getTime() - ABANDONED_AFTER_MS)})
      ORDER BY "dueAt" LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  await queues.add(
    'jobs',
    rows.map(({ id }) => ({ ids: [id] })),
  );
}

/** Takes back at once what a killed process had in hand; as `takeBackDeliveries`. */
export async function takeBackJobs(db: Database): Promise<void> {
  await db.sql`UPDATE pending_job SET "claimedAt" = NULL`;
}

type PendingJob = { id: string; feature: string; job: string; payload: unknown; attempts: number };

/**
 * Gives the worker's function. The job's row is deleted in the transaction of its handler: what is gone was done. A handler that
 * throws leaves nothing behind but a later try, and an error in the log.
 */
export function createJobRunner({
  db,
  registry,
  context,
}: {
  db: Database;
  registry: Registry;
  context: TurnContext;
}): (errand: { ids: string[] }) => Promise<void> {
  const runOne = async (id: string) => {
    const now = clockNow();
    try {
      await inTurn(db, context, now, async (open) => {
        const [row] = await open.db.sql<PendingJob>`
          DELETE FROM pending_job WHERE id = ${id}::uuid AND "dueAt" <= ${now} RETURNING id, feature, job, payload, attempts`;
        if (!row) return;
        const match = registry.job(row.feature, row.job);
        if (!match) throw new Error(`no feature runs the job ${row.feature}/${row.job}`);
        await match.found.run(createTurn(context, row.feature, open), row.payload);
      });
    } catch (error) {
      context.log.error({ job: id, err: error }, 'a job failed and will be tried again');
      const [row] = await db.sql<{ attempts: number }>`SELECT attempts FROM pending_job WHERE id = ${id}::uuid`;
      const waitMs = RETRY_AFTER_MS[row?.attempts ?? 0] ?? 6 * 3_600_000;
      await db.sql`
        UPDATE pending_job SET attempts = attempts + 1, "claimedAt" = NULL, "dueAt" = ${new Date(now.getTime() + waitMs)},
          failure = ${error instanceof Error ? error.name : 'unknown'} WHERE id = ${id}::uuid`;
    }
  };
  return async ({ ids }) => {
    for (const id of ids) await runOne(id);
  };
}
