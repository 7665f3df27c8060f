/** What a sentence says of a study task; what it leaves out is left out here too. */
import type { PersonTurn, Typed } from '../../feature.ts';
import type { Listening } from '../../reading/listen.ts';
import { pickDeadline } from '../../reading/pick/pick-when.ts';
import { pickLink, pickTerms, pickTopic } from '../../reading/pick/pick-words.ts';
import { unclear } from '../../reading/pick/picked.ts';
import type { Draft } from './rules.ts';
import { Kind, MAX_TOPIC_CHARACTERS, Reflection } from './schema.ts';

/** Its kind, topic, link, whether a reflection is wanted, and until when. */
export async function hearTask({ now }: PersonTurn, { reading }: Typed, { take }: Listening): Promise<Partial<Draft>> {
  const terms = pickTerms(reading, 'session-kind');
  const said = terms.is === 'one' ? terms.value : [];
  // 线上平台学习：在学习强国完成专题学习: what stands before the colon is the kind, the rest is what it is about.
  const headed = reading
    .of('term')
    .filter((term) => term.of === 'session-kind' && /^\s*:/u.test(reading.plain.text.slice(term.end)));
  const [kind, ...kinds] = (headed.length > 0 ? headed.map(({ value }) => value) : said).flatMap(
    (one) => Kind.safeParse(one).data ?? [],
  );
  // Two kinds are a question.
  take(kinds.length > 0 && terms.is === 'one' ? unclear('several', terms.used) : terms);
  const [reflection, ...reflections] = take(pickTerms(reading, 'reflection')) ?? [];
  const topic = take(pickTopic(reading))?.slice(0, MAX_TOPIC_CHARACTERS);
  const link = take(pickLink(reading));
  const dueAt = take(pickDeadline(reading, now))?.at;
  return {
    ...(kind && kinds.length === 0 && { kind }),
    ...(topic && { topic }),
    ...(link && { link }),
    ...(reflection && reflections.length === 0 && { reflection: Reflection.parse(reflection) }),
    ...(dueAt && { dueAt }),
  };
}
