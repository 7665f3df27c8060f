/** The inbox as a feature: what it sends and runs by itself. */
import type { Feature } from '../feature.ts';
import type { Messenger } from '../messenger/port.ts';
import { readFileJob } from './receive-file.ts';
import { replyCard } from './reply-card.ts';

/** The card that answers messages, and the job that reads the files sent to `features`. */
export function inboxFeature(features: Feature[], messenger: Messenger): Feature {
  return { name: 'inbox', cards: { reply: replyCard }, jobs: { 'read-file': readFileJob(features, messenger) } };
}
