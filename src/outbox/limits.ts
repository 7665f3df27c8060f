/** Feishu's limits for one app, kept over all processes: 50 calls a second and 1,000 a minute (document page uUzN04SN3QjL1cDN). */
import type { Database } from '../storage/database.ts';

/** `perRecipient`: messages a second to one user, or to one group. */
export type CallLimits = { perSecond: number; perMinute: number; perRecipient: number };
export const FEISHU_LIMITS: CallLimits = { perSecond: 50, perMinute: 1000, perRecipient: 5 };

/**
 * Takes up to `wanted` calls from the running second and minute. Gives how many were granted, and when to ask again if it was
 * fewer. A clock that was moved back begins new windows.
 */
export async function takeCalls(
  db: Database,
  limits: CallLimits,
  wanted: number,
  now: Date,
): Promise<{ granted: number; retryAt: Date }> {
  const windows = [
    { window: 'second', lengthMs: 1000, max: limits.perSecond },
    { window: 'minute', lengthMs: 60_000, max: limits.perMinute },
  ];
  return db.transaction(async (tx) => {
    await tx.sql`SELECT pg_advisory_xact_lock(hashtext('call-window'))`;
    const rows = await tx.sql<{ window: string; startedAt: Date; used: number }>`SELECT * FROM call_window`;
    const running = windows.map(({ window, lengthMs, max }) => {
      const row = rows.find((one) => one.window === window);
      const ageMs = row ? now.getTime() - row.startedAt.getTime() : Number.NaN;
      // Another worker may have begun the window a moment after this one looked at the clock.
      const isRunning = row !== undefined && Math.abs(ageMs) < lengthMs;
      const startedAt = isRunning ? row.startedAt : now;
      return {
        window,
        startedAt,
        left: max - (isRunning ? row.used : 0),
        max,
        endsAt: new Date(startedAt.getTime() + lengthMs),
      };
    });
    const granted = Math.max(0, Math.min(wanted, ...running.map(({ left }) => left)));
    const full = running.filter(({ left }) => left - granted <= 0).map(({ endsAt }) => endsAt.getTime());
    const used = running.map(({ window, startedAt, left, max }) => ({ window, startedAt, used: max - left + granted }));
    await tx.sql`
      INSERT INTO call_window ("window", "startedAt", used)
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(used)}::jsonb) AS w ("window" text, "startedAt" timestamptz, used int)
      ON CONFLICT ("window") DO UPDATE SET "startedAt" = excluded."startedAt", used = excluded.used`;
    return { granted, retryAt: new Date(Math.max(now.getTime(), ...full)) };
  });
}
