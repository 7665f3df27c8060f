/** What the operator's monitoring reads: how much waits, how old it is, what failed. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { now as clockNow } from '../clock.ts';
import type { Database } from '../storage/database.ts';

/** A registry that asks the database at each reading. Counts only, no ids of people. */
export function createMetrics(db: Database): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'jingxin_deliveries',
    help: 'Deliveries by state',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      this.reset();
      for (const { state, count } of await db.sql<{
        state: string;
        count: number;
      }>`SELECT state, count(*)::int AS count FROM delivery GROUP BY state`) {
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
  return register;
}
