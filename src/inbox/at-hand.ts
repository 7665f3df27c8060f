/** Which of a person's matters a further sentence is about: 延期到周五, 再加上二大队, 谁还没学. */
import { HOUR_MS } from '../basics/durations.ts';
import type { AtHandMatter, Command, Feature } from '../feature.ts';
import type { Person } from '../people/person.ts';
import type { Reader } from '../storage/database.ts';

/** A matter with the feature it belongs to. */
export type Matter = AtHandMatter & { feature: Feature };
type Answer = { feature: Feature; command: Command };

/** So long the newest matter is what the conversation is about. */
const FRESH_MS = 2 * HOUR_MS;

/** What is at hand for a person over all features, the newest first. */
export async function findAtHand(features: Feature[], db: Reader, who: Person, at: Date): Promise<Matter[]> {
  const found: Matter[] = [];
  for (const feature of features)
    for (const matter of (await feature.atHand?.find(db, who, at)) ?? []) found.push({ ...matter, feature });
  return found.sort((a, b) => b.since.getTime() - a.since.getTime());
}

/**
 * The matters that can be meant: the one whose card is replied to, else those of which the sentence speaks by the words of their kind;
 * of these the newest alone while it is fresh.
 */
export function chooseMatters(matters: Matter[], text: string, at: Date, repliedTo: string | undefined): Matter[] {
  const replied = matters.filter(({ ref }) => ref === repliedTo);
  if (replied.length > 0) return replied;
  const spoken = matters.filter(({ feature }) => feature.atHand?.said.test(text));
  const meant = spoken.length > 0 ? spoken : matters;
  const [newest] = meant;
  return newest && newest.since.getTime() > at.getTime() - FRESH_MS ? [newest] : meant;
}

/** The command of the matter's own feature that answers. */
export function answerTo({ feature, is }: Matter, answers: Answer[]): Answer | undefined {
  return answers.find((answer) => answer.feature === feature && answer.command.about === is);
}
