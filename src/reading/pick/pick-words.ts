/** Picks the topic, the link, and the values of features' own terms. */
import { LEFTOVER, type Topic } from '../find/find-topic.ts';
import { written } from '../normalise.ts';
import type { Reading } from '../reading.ts';
import { NONE, one, type Picked, unclear } from './picked.ts';

/** The matter in the writer's words. With `orLeftover` also words that stand in a clause of their own and are nothing else. */
export function pickTopic(reading: Reading, { orLeftover = false } = {}): Picked<string> {
  const isFree = ({ start, end }: Topic) => reading.residue.some((piece) => start < piece.end && piece.start < end);
  const topic =
    reading.topics.find((one) => one.score > LEFTOVER) ?? (orLeftover ? reading.topics.find(isFree) : undefined);
  // 第一议题学习：…: what stands before the colon is the kind.
  return topic
    ? one(
        written(reading.plain, topic)
          .trim()
          .replace(/^(?:学习|内容|主题)\s*[:：]\s*/u, ''),
        topic,
      )
    : NONE;
}

/** The address; several are a question. */
export function pickLink(reading: Reading): Picked<string> {
  const found = reading.of('link');
  const [link] = found;
  if (!link) return NONE;
  return new Set(found.map(({ href }) => href)).size > 1
    ? unclear(
        'several',
        found,
        found.map(({ href }) => href),
      )
    : one(link.href, ...found);
}

/** The values of one sort of term, each once, in the order of the text. */
export function pickTerms(reading: Reading, of: string): Picked<string[]> {
  const found = reading.of('term').filter((term) => term.of === of);
  return found.length === 0 ? NONE : one([...new Set(found.map(({ value }) => value))], ...found);
}
