/** What a round owes to whoever objected to one of its stars: an answer, in any case. */
import type { Turn } from '../../feature.ts';

/** Whether an objection of this round waits for its answer. */
export async function hasOpenObjection(turn: Turn, round: string): Promise<boolean> {
  return (await turn.db.models.starObjection.count({ where: { roundId: round, state: 'open' } })) > 0;
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
