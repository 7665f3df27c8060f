/** All that is declared, the features' and the house's own: for whoever checks it without starting a house. */
import type { Feature } from './feature.ts';
import { features } from './features/index.ts';
import { choices } from './inbox/choices.ts';
import type { Hearing } from './inbox/hear.ts';
import { beginButton } from './inbox/menu/run-word.ts';
import { replyCard } from './inbox/reply-card.ts';
import { brokenCards } from './outbox/broken-cards.ts';
import { heldLoss } from './people/held-loss.ts';
import { housekeeping } from './schedule/housekeeping.ts';

const deaf: Hearing = async () => {
  throw new Error('nobody hears here');
};
const offered = choices(features, deaf);

/** The rooms of the house that show and take something stand here as features, without what they need a running house for. */
export const declared: Feature[] = [
  ...features,
  housekeeping(features),
  {
    name: 'inbox',
    buttons: { ...offered.buttons, begin: beginButton(deaf) },
    cards: { reply: replyCard, ...offered.cards },
  },
  { name: 'outbox', cards: brokenCards },
  { name: 'people', ...heldLoss },
];
