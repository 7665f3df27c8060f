/** Hand-outs that last longer than a card can be pressed (14 days): whoever has yet to act gets the card anew. */
import type { Turn } from '../../feature.ts';
import { findPart } from './claim-queries.ts';
import { findHandout } from './handout-queries.ts';

/** The cards of those who have yet to collect. */
export async function renewClaims(turn: Turn, retired: { ref: string; person: string }[]): Promise<void> {
  for (const { ref, person } of retired) {
    const part = await findPart(turn.db, ref, person);
    if (part?.handoutState !== 'open' || part.closesAt <= turn.now) continue;
    if (part.state === 'collected' || part.state === 'partial') continue;
    const key = `claim:${ref}:${person}:renewed:${turn.calendar.dayOf(turn.now)}`;
    await turn.deliver({
      key,
      to: { person },
      card: 'claim',
      ref,
      push: 'quiet',
      gathers: true,
      notAfter: part.closesAt,
    });
  }
}

/** The progress cards of hand-outs that still run. */
export async function renewProgress(turn: Turn, retired: { ref: string; person: string }[]): Promise<void> {
  for (const { ref, person } of retired) {
    const row = await findHandout(turn.db, ref);
    if (row?.state !== 'open') continue;
    const key = `progress:${ref}:${person}:renewed:${turn.calendar.dayOf(turn.now)}`;
    await turn.deliver({ key, to: { person }, card: 'progress', ref, push: 'quiet' });
  }
}
