/** Reads a secretary's sentence about a quiz: topics, number, time window, audience, each as far as it is said. */
import { parseChineseNumber } from '../../calendar/chinese-number.ts';
import type { Viewpoint } from '../../calendar/format.ts';
import { parseDeadline } from '../../calendar/parse-deadline.ts';
import { type Audience, type NamedAudience, readAudience, withoutNames } from '../../people/audience.ts';
import { DISCIPLINE_TOPICS, TOPICS, type Topic } from './question.ts';
import type { IssuedKind } from './schema.ts';

/** What was understood; what is missing was not said, or not clearly. */
export type Understood = {
  topics?: Topic[];
  count?: number;
  opensAt?: Date;
  closesAt?: Date;
  audience?: Audience;
  isByUnit?: boolean;
};

const COUNT = /(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*道/;
const BY_UNIT = /(按|分|各)(单位|部门|大队|中队)(统计|计|算|公布|成绩)|团体(赛|成绩)/;
const TO = /[至到~—–-]/;

/** Words of the office that mean a topic; the topics' own names are understood anyway. */
const TOPIC_WORDS: [RegExp, Topic[]][] = [
  [/党纪|党规|纪律处分条例/, DISCIPLINE_TOPICS],
  [/廉洁|廉政/, ['integrity']],
  [/八项规定|作风/, ['conduct']],
  [/三会一课|支部工作条例|组织生活/, ['party-life']],
  [/警察法|公安|督察/, ['police']],
  [/交通|道交法|交法/, ['traffic']],
  [/公务员|政务处分|保密/, ['public-office']],
];

/** Whether a sentence looks like one that issues a quiz: 给本支部发布10道党纪题…, 组织一次党纪知识比拼…. */
export function looksLikeQuiz(text: string): boolean {
  return (
    /发布|组织|开展|安排|举办|出|发/.test(text) &&
    (/[\d一二两三四五六七八九十]\s*道[^，。]{0,12}题/.test(text) || /知识(比拼|竞赛|考试|测试)/.test(text))
  );
}

/** A contest unless the sentence says 考试 or 测试. */
export function readKind(text: string): IssuedKind {
  return /考试|测试|考核/.test(text) ? 'exam' : 'contest';
}

/**
 * Reads a sentence such as 给本支部发布10道党纪题，明天15:00到15:30. `viewpoint.now` is when it was said; `own` is the writer's branch.
 * A single time is the end; with 到 after it and nothing understood there, it is the start, and the form asks for the end.
 */
export function readSentence(
  text: string,
  viewpoint: Viewpoint,
  names: NamedAudience[],
  own: string | null,
): Understood {
  const plain = withoutNames(text, names);
  const number = COUNT.exec(plain)?.[1];
  const count = number === undefined ? undefined : parseChineseNumber(number);
  const topics = readTopics(plain);
  const audience = readAudience(text, names, own);
  return {
    ...(topics.length > 0 && { topics }),
    ...(count !== undefined && !Number.isNaN(count) && { count }),
    ...readWindow(
      plain.replace(COUNT, (found) => '　'.repeat(found.length)),
      viewpoint,
    ),
    ...(audience && { audience }),
    ...(BY_UNIT.test(plain) && { isByUnit: true }),
  };
}

function readTopics(text: string): Topic[] {
  const named = (Object.keys(TOPICS) as Topic[]).filter((topic) => text.includes(TOPICS[topic]));
  if (named.length > 0) return named;
  return [...new Set(TOPIC_WORDS.flatMap(([word, topics]) => (word.test(text) ? topics : [])))];
}

function readWindow(text: string, viewpoint: Viewpoint): Pick<Understood, 'opensAt' | 'closesAt'> {
  const end = parseDeadline(text, viewpoint);
  if (!end) return {};
  const [first = '', ...rest] = end.text.split(TO);
  const start = rest.length > 0 ? parseDeadline(first, viewpoint) : undefined;
  if (start && start.at < end.at) return { opensAt: start.at, closesAt: end.at };
  const isOnlyStart = new RegExp(`^\\s*${TO.source}`).test(text.slice(end.end));
  return isOnlyStart || /开始/.test(text.slice(end.end, end.end + 3)) ? { opensAt: end.at } : { closesAt: end.at };
}
