/** What became of deliveries is written down in one transaction with what follows from it. */
import { now } from '../basics/clock.ts';
import type { Database } from '../storage/database.ts';
import type { Registry } from '../turn/registry.ts';
import { createTurn, inTurn, type TurnContext } from '../turn/turn.ts';
import { noteBroken } from './broken-cards.ts';
import type { Addressed, SenderParts } from './delivery.ts';

/** Shows anew the cards that say whom another has reached, tells features of what is lost, and people of what is broken. */
export function createKeepOutcomes(
  db: Database,
  registry: Registry,
  context: TurnContext,
): SenderParts['keepOutcomes'] {
  return async ({ arrived, lost, broken }, write) => {
    const stale = findStale(registry, arrived);
    const came = findCame(registry, arrived);
    if (stale.length + came.length + lost.length + broken.length === 0) return write(db);
    await inTurn(db, context, now(), async (open) => {
      await write(open.db);
      for (const { name, tell, people } of came) await tell(createTurn(context, name, open), people);
      for (const { feature, card, ref } of stale) await createTurn(context, feature, open).refresh({ card, ref });
      for (const { key, feature, card, ref, recipient, isChat } of lost) {
        // A ref that nobody can read is about nothing that a feature could note.
        if (isChat || !(registry.card(feature, card) ?? registry.file(feature, card))?.reads(ref)) continue;
        const tell = registry.features.find(({ name }) => name === feature)?.undeliverable;
        await tell?.(createTurn(context, feature, open), { key, card, ref, person: recipient });
      }
      await noteBroken(createTurn(context, 'outbox', open), broken);
    });
  };
}

/** What has come to people, for each feature that wants to know. */
function findCame({ features }: Registry, arrived: Addressed[]) {
  return features.flatMap(({ name, arrived: tell }) => {
    const own = arrived.filter(({ feature, isChat }) => feature === name && !isChat);
    return tell && own.length > 0
      ? [{ name, tell, people: own.map(({ card, ref, recipient: person }) => ({ card, ref, person })) }]
      : [];
  });
}

/** The cards that speak of the arrival of others, each matter once. */
function findStale(registry: Registry, arrived: Addressed[]): Pick<Addressed, 'feature' | 'card' | 'ref'>[] {
  const stale = arrived.flatMap(({ feature, card, ref }) => {
    const reaching = registry.card(feature, card)?.reaching ?? [];
    return reaching.map((one) => ({ feature, card: one, ref }));
  });
  return [...new Map(stale.map((one) => [`${one.feature} ${one.card} ${one.ref}`, one])).values()];
}
