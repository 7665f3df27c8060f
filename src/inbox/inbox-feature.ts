/** The inbox as a feature: what it sends and runs by itself. */
import type { Adviser } from '../adviser/adviser.ts';
import { type Feature, job } from '../feature.ts';
import type { Messenger } from '../messenger/port.ts';
import type { Database } from '../storage/database.ts';
import { choices, forgetHeard } from './choices.ts';
import type { Hearing } from './hear.ts';
import { beginButton } from './menu/run-word.ts';
import { readFileJob } from './receive-file.ts';
import { noteReadJob } from './receive-read.ts';
import { replyCard } from './reply-card.ts';
import { adviseJob } from './unsure/advice.ts';

/**
 * The cards that answer messages, the jobs that read the files sent to `features` and note what of theirs was read, and the one that asks a
 * model, where there is one.
 */
export function inboxFeature(
  features: Feature[],
  messenger: Messenger,
  hear: Hearing,
  model?: { db: Database; ask: Adviser },
): Feature {
  const { cards, buttons } = choices(features, hear);
  return {
    name: 'inbox',
    buttons: { ...buttons, begin: beginButton(hear) },
    cards: { reply: replyCard, ...cards },
    jobs: {
      'read-file': readFileJob(features, messenger),
      'note-read': noteReadJob(features),
      forget: job({ handle: forgetHeard }),
      advise: adviseJob(features, hear, model),
    },
    timetable: [{ name: 'forget', cron: '47 3 * * *', job: 'forget' }],
  };
}
