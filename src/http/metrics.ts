/** What the operator's monitoring reads: how much waits, how old it is, what failed. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { now as clockNow } from '../basics/clock.ts';
import { DAY_MS } from '../basics/durations.ts';
import { countReasons } from '../misheard/counts.ts';
import type { Database } from '../storage/database.ts';

/** What has come to rest is counted for so long: what is older says nothing about today, and would make each reading dearer. */
const RESTED_WITHIN_MS = DAY_MS;

/** Of the process, whatever runs in it: the observers behind these can be started and never stopped, so they are started once. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** A registry that asks the database at each reading. Counts only, no ids of people. */
export function createMetrics(db: Database): Registry {
  const register = new Registry();
  new Gauge({
    name: 'jingxin_deliveries',
    help: 'Deliveries by state: all that wait or are in hand, and those that have come to rest within a day',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      this.reset();
      for (const { state, count } of await db.sql<{
        state: string;
        count: number;
      }>`
        SELECT state, count(*)::int AS count FROM delivery WHERE state IN ('pending', 'queued', 'sending') GROUP BY state
        UNION ALL SELECT state, count(*)::int FROM delivery
        WHERE state IN ('sent', 'failed', 'dropped', 'recalled') AND "dueAt" > ${new Date(clockNow().getTime() - RESTED_WITHIN_MS)} GROUP BY state`) {
        this.set({ state }, count);
      }
    },
  });
  new Gauge({
    name: 'jingxin_oldest_due_delivery_seconds',
    help: 'How long the oldest delivery that is due has waited',
    registers: [register],
    async collect() {
      const [row] = await db.sql<{
        dueAt: Date | null;
      }>`SELECT min("dueAt") AS "dueAt" FROM delivery WHERE state IN ('pending', 'queued', 'sending')`;
      this.set(row?.dueAt ? Math.max(0, (clockNow().getTime() - row.dueAt.getTime()) / 1000) : 0);
    },
  });
  new Gauge({
    name: 'jingxin_failing_jobs',
    help: 'Jobs whose last try failed',
    registers: [register],
    async collect() {
      const [row] = await db.sql<{
        count: number;
      }>`SELECT count(*)::int AS count FROM pending_job WHERE failure IS NOT NULL`;
      this.set(row?.count ?? 0);
    },
  });
  new Gauge({
    name: 'jingxin_misheard',
    help: 'Messages of the last 30 days that were not understood, or not as they were meant, by reason',
    labelNames: ['reason'],
    registers: [register],
    async collect() {
      this.reset();
      for (const { name, month } of await countReasons(db, clockNow())) this.set({ reason: name }, month);
    },
  });
  return Registry.merge([ofProcess, register]);
}
