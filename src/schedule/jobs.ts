/** The door for jobs: a due row goes on the queue, and the worker turns it into one transaction, once. */

import { now as clockNow } from '../basics/clock.ts';
import { HOUR_MS } from '../basics/durations.ts';
import type { Queues } from '../queue/queues.ts';
import type { Database } from '../storage/database.ts';
import type { Registry } from '../turn/registry.ts';
import { createTurn, inTurn, type TurnContext } from '../turn/turn.ts';

/** A job that was claimed this long ago and is still here has lost its worker. */
const ABANDONED_AFTER_MS = 60_000;
/** Longer than a job waits for its turn while everything runs. */
const MISSED_AFTER_MS = 60_000;
const RETRY_AFTER_MS = [5_000, 30_000, 120_000, 600_000, HOUR_MS];

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

/** Whether jobs wait that should have run a while ago: the service was off, and catches up. */
export async function hasMissedJobs(db: Database): Promise<boolean> {
  const missedBefore = new Date(clockNow().getTime() - MISSED_AFTER_MS);
  const [row] = await db.sql<{
    any: boolean;
  }>`SELECT EXISTS (SELECT 1 FROM pending_job WHERE "dueAt" < ${missedBefore}) AS any`;
  return row?.any ?? false;
}

/** Takes back at once what a killed process had in hand; as `takeBackDeliveries`. */
export async function takeBackJobs(db: Database): Promise<void> {
  await db.sql`UPDATE pending_job SET "claimedAt" = NULL`;
}

type PendingJob = { feature: string; job: string; payload: unknown; dueAt: Date; attempts: number };

/**
 * Gives the worker's function. A job is prepared outside any transaction; its row is deleted in the transaction of its handler: what
 * is gone was done. What throws leaves nothing behind but a later try, and an error in the log. A job that was said again, and so
 * moved, while it was being prepared is left to its new time.
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
    const [row] = await db.sql<PendingJob>`
      SELECT feature, job, payload, "dueAt", attempts FROM pending_job WHERE id = ${id}::uuid AND "claimedAt" IS NOT NULL`;
    if (!row) return;
    try {
      const match = registry.job(row.feature, row.job);
      if (!match) throw new Error(`no feature runs the job ${row.feature}/${row.job}`);
      const run = await match.found.prepare(row.payload, context.settings);
      await inTurn(db, context, clockNow(), async (open) => {
        const held = await open.db.sql`
          DELETE FROM pending_job WHERE id = ${id}::uuid AND "dueAt" = ${row.dueAt} AND "claimedAt" IS NOT NULL RETURNING id`;
        if (held.length === 0) return;
        const turnOf = (feature: string) => createTurn(context, feature, open);
        await run(turnOf(row.feature), turnOf);
      });
    } catch (error) {
      context.log.error({ job: id, err: error }, 'a job failed and will be tried again');
      const waitMs = RETRY_AFTER_MS[row.attempts] ?? 6 * HOUR_MS;
      await db.sql`
        UPDATE pending_job SET attempts = attempts + 1, "claimedAt" = NULL, "dueAt" = ${new Date(clockNow().getTime() + waitMs)},
          failure = ${error instanceof Error ? error.name : 'unknown'}
        WHERE id = ${id}::uuid AND "dueAt" = ${row.dueAt} AND "claimedAt" IS NOT NULL`;
    }
  };
  return async ({ ids }) => {
    for (const id of ids) await runOne(id);
  };
}
