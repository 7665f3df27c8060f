/** What a round owes to whoever objected to one of its stars: an answer, in any case. */
import type { Turn } from '../../../feature.ts';
import { reviewersOf } from '../actors.ts';
import { findCandidate } from '../checking/queries.ts';
import { findOfficeHolders } from '../round/queries.ts';

/** Whether an objection of this round waits for its answer. */
export async function hasOpenObjection(turn: Turn, round: string): Promise<boolean> {
  return (await turn.db.models.starObjection.count({ where: { roundId: round, state: 'open' } })) > 0;
}

/** The objection, to whoever handles it as of now; the same `reason` reaches a person once. */
export async function tellHandlers(
  turn: Turn,
  { id, candidacyId, objectorId }: { id: string; candidacyId: string; objectorId: string },
  reason: string,
): Promise<void> {
  const about = await findCandidate(turn.db, candidacyId);
  if (!about) return;
  const handlers = reviewersOf(await findOfficeHolders(turn.db, turn.now), about, [objectorId]);
  await turn.deliver(
    ...handlers.map((person) => ({
      ...{ key: `objection:${id}:${person}:${reason}`, to: { person }, card: 'objection', ref: id },
      ...{ push: 'work' as const, gathers: true },
    })),
  );
}

/** A notice that is over waits for these answers: their handlers hear of it, whoever they are by now, each once. */
export async function remindHandlers(turn: Turn, round: string): Promise<void> {
  const open = await turn.db.models.starObjection.findMany({ where: { roundId: round, state: 'open' } });
  for (const objection of open) await tellHandlers(turn, objection, 'late');
}

/** The answer, to the objector alone, and once. */
export async function tellObjector(turn: Turn, objection: { id: string; objectorId: string }): Promise<void> {
  await turn.deliver({
    key: `objection-answer:${objection.id}`,
    to: { person: objection.objectorId },
    card: 'objection-answer',
    ref: objection.id,
    push: 'quiet',
  });
  await turn.refresh({ card: 'objection', ref: objection.id });
}

/** A round that ends early leaves nobody waiting: objectors hear that theirs is not handled any more. */
export async function tellUnanswered(turn: Turn, round: string): Promise<void> {
  for (const objection of await turn.db.models.starObjection.findMany({ where: { roundId: round, state: 'open' } }))
    await tellObjector(turn, objection);
}
