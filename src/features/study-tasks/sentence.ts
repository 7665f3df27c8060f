/** Reads a secretary's sentence: kind, topic, link, audience, deadline, reflection, each as far as it is said. */
import type { Viewpoint } from '../../calendar/format.ts';
import { parseDeadline } from '../../calendar/parse-deadline.ts';
import { type Audience, type NamedAudience, readAudience, withoutNames } from '../../people/audience.ts';
import type { Kind, Reflection } from './schema.ts';

/** What was understood; what is missing was not said, or not clearly. */
export type Understood = {
  kind?: Kind;
  topic?: string;
  link?: string;
  audience?: Audience;
  dueAt?: Date;
  reflection?: Reflection;
};

/** The words of the office for the kinds of study; the first that stands in the sentence counts. */
const KIND_WORDS: [RegExp, Kind][] = [
  [/第一议题/, 'first-agenda-item'],
  [/中心组/, 'theory-study-center-group'],
  [/主题党日/, 'themed-party-day'],
  [/研讨|讨论/, 'group-discussion'],
  [/学习强国|好干部在线|三晋先锋|线上|网上|网络/, 'online-platform'],
  [/专题/, 'branch-themed-study'],
];

const LINK = /https?:\/\/[^\s，。；、！？）》”"'<>\u4e00-\u9fff]+/i;
/** A colon that begins the topic: not the one in 18:00 or in http://. */
const TOPIC_COLON = /[：:](?!\d|\/\/)/;
const REQUEST = /^(请|烦请|麻烦)?(提醒|通知|安排|组织|要求)/;

/** Whether a sentence looks like one that issues a study task; what recurs is a series, and a contest is a quiz. */
export function looksLikeStudyTask(text: string): boolean {
  return (
    REQUEST.test(text) &&
    !/每(个)?月|知识比拼|答题|竞赛/.test(text) &&
    (/学习|主题党日|研讨|中心组|学习强国/.test(text) || TOPIC_COLON.test(text))
  );
}

/**
 * Reads a sentence such as 提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://…
 * `viewpoint.now` is when it was said; `names` are the units and branches that can be meant; `own` is the writer's branch.
 */
export function readSentence(
  text: string,
  viewpoint: Viewpoint,
  names: NamedAudience[],
  own: string | null,
): Understood {
  const link = LINK.exec(text)?.[0];
  const withoutLink = link ? text.replace(link, ' ') : text;
  const colon = TOPIC_COLON.exec(withoutLink);
  const head = colon ? withoutLink.slice(0, colon.index) : withoutLink;
  const topic = (colon ? withoutLink.slice(colon.index + 1) : (/《[^》]+》/.exec(withoutLink)?.[0] ?? '')).trim();
  const kind = KIND_WORDS.find(([word]) => word.test(head))?.[1];
  const audience = readAudience(head, names, own);
  const deadline = parseDeadline(withoutNames(head, names), viewpoint);
  const reflection = readReflection(withoutLink);
  return {
    ...(kind && { kind }),
    ...(topic && { topic }),
    ...(link && { link }),
    ...(audience && { audience }),
    ...(deadline && { dueAt: deadline.at }),
    ...(reflection && { reflection }),
  };
}

function readReflection(text: string): Reflection | undefined {
  if (!/心得|体会/.test(text)) return undefined;
  if (/(不用|不需|无需|不要求|免)[^，。；]{0,6}(心得|体会)/.test(text)) return 'none';
  return /(可|自愿|选)[^，。；]{0,6}(心得|体会)/.test(text) ? 'optional' : 'required';
}
