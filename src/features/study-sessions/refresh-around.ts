/** What shows sessions besides their own cards, marked to be shown anew when they change. */
import type { Turn } from '../../feature.ts';
import { CENTRE_GROUP, type Holder } from './kinds.ts';
import { monthOf } from './months.ts';
import * as plans from './plan/queries.ts';
import * as seriesQueries from './series/queries.ts';

/** Cards can be edited for so long. */
const LIVE_DAYS = 14;

/** The cards of the sessions `ids`; for `sessions`, the plan of the month, live warnings of the branch, reminders of the month. */
export async function refreshAround(
  turn: Turn,
  ids: string[],
  sessions: { branchId: Holder; heldOn: string }[],
): Promise<void> {
  const since = turn.calendar.addDays(turn.calendar.dayOf(turn.now), -LIVE_DAYS);
  await turn.refresh(...ids.map((ref) => ({ card: 'session', ref })));
  const around = new Map(
    sessions.map(({ branchId, heldOn }) => [`${monthOf(heldOn)}:${branchId ?? CENTRE_GROUP}`, { branchId, heldOn }]),
  );
  for (const [plan, { branchId, heldOn }] of around) {
    await turn.refresh({ card: 'plan', ref: plan });
    if (branchId === null) continue;
    const warnings = await plans.findLiveWarnings(turn.db, branchId, since);
    const occurrences = await seriesQueries.findBranchOccurrences(turn.db, branchId, monthOf(heldOn));
    await turn.refresh(
      ...warnings.map((ref) => ({ card: 'warning', ref })),
      ...occurrences.map((ref) => ({ card: 'occurrence', ref })),
    );
  }
}
