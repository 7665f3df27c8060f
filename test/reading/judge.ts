/** Judges a reading against what a sentence is expected to mean: right, partial (something said is blank), missed, WRONG. */
import { readFileSync } from 'node:fs';
import type { Moment } from '../../src/calendar/find-moments.ts';
import type { Audience } from '../../src/reading/audience-type.ts';
import {
  pickAttendees,
  pickDayOfMonth,
  pickDegrees,
  pickItems,
  pickLead,
  pickMinutes,
  pickPass,
  pickQuestionCount,
} from '../../src/reading/pick/pick-amounts.ts';
import { pickDateBy, pickDayHeld, pickDays, pickDeadline, pickWindow } from '../../src/reading/pick/pick-when.ts';
import { pickAudience, pickPerson, pickPersonBy } from '../../src/reading/pick/pick-who.ts';
import { pickLink, pickTerms, pickTopic } from '../../src/reading/pick/pick-words.ts';
import type { Picked } from '../../src/reading/pick/picked.ts';
import type { Reading } from '../../src/reading/reading.ts';
import { as, CAST, calendar, LEXICON, NOW, nameOf, type Part, personOf, read } from './tenant.ts';

export type Sentence = {
  id: string;
  group: string;
  by: Part;
  text: string;
  prior?: { say?: string; press?: string }[];
  expect: { intent: string; slots: Record<string, unknown> };
};
export type Verdict = { verdict: 'right' | 'partial' | 'missed' | 'WRONG'; why: string };

export const SENTENCES: Sentence[] = readFileSync(new URL('sentences.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const TODAY = calendar.dayOf(NOW);
/** The names of the sessions' kinds, as the features call them. */
const KINDS: Record<string, string> = {
  'first-agenda-item': '第一议题学习',
  'theory-study-center-group': '理论学习中心组学习',
  'branch-themed-study': '支部专题学习',
  'group-discussion': '研讨交流',
  'online-platform': '线上平台学习',
  'themed-party-day': '主题党日',
  'branch-general-meeting': '党员大会',
  'branch-committee-meeting': '支委会',
  'group-meeting': '党小组会',
  'party-lecture': '党课',
  'organizational-life-meeting': '组织生活会',
};
const TOPICS: Record<string, string> = {
  discipline: '党纪',
  political: '政治纪律',
  organisation: '组织纪律',
  integrity: '廉洁纪律',
  conduct: '作风自律 八项规定',
  'party-life': '组织生活',
  police: '公安队伍',
  traffic: '交通执法',
  'public-office': '公职人员',
};

/** The reading of a sentence as its writer says it, before which `prefix` may stand. */
export function readSentence({ text, by, prior }: Sentence, prefix = ''): Reading {
  const isDraft = prior?.some(({ say }) => say) && !prior.some(({ press }) => press);
  return read(
    { text: `${prefix}${text}` },
    as(by, isDraft && prior?.some(({ say }) => say?.startsWith('提醒')) ? 'study.publish' : undefined),
  );
}

export function judge(sentence: Sentence, reading = readSentence(sentence)): Verdict {
  const { intent, slots } = sentence.expect;
  const { is, ranked } = reading.intents;
  const wanted = intent.replace('refuse:', '').split('|');
  // A draft's change is a new draft of the same.
  const meaning = (name: string) => (name === 'draft.change' ? 'study.publish' : name);
  const top = ranked[0] ? meaning(ranked[0].name) : '';
  const asks = wanted.includes('ask');
  const isHit = wanted.includes(top) || (asks && is !== 'unknown');
  if (is === 'unknown')
    return asks ? { verdict: 'right', why: 'asks' } : { verdict: 'missed', why: `unknown: ${show(reading)}` };
  if (!isHit && is === 'likely' && ranked[1] && wanted.includes(meaning(ranked[1].name)))
    return { verdict: 'partial', why: `second of two: ${show(reading)}` };
  if (!isHit)
    return is === 'likely'
      ? { verdict: 'missed', why: `other: ${show(reading)}` }
      : { verdict: 'WRONG', why: `other: ${show(reading)}` };
  const problems: string[] = [];
  const missing: string[] = [];
  for (const [name, expected] of Object.entries(slots)) {
    const check = checks[name];
    if (!check) throw new Error(`no check for ${name}`);
    const result = check(reading, expected as never, sentence, top);
    if (result === 'ok') continue;
    if (result === 'missing') missing.push(name);
    else problems.push(`${name}: ${result}`);
  }
  if (problems.length > 0) return { verdict: 'WRONG', why: problems.join('; ') };
  if (missing.length > 0) return { verdict: 'partial', why: `missing ${missing.join(', ')}` };
  return is === 'sure' || asks
    ? { verdict: 'right', why: '' }
    : { verdict: 'right', why: `not sure: ${show(reading)}` };
}

function show({ intents }: Reading): string {
  return intents.ranked
    .slice(0, 3)
    .map(({ name, score }) => `${name} ${score.toFixed(1)}`)
    .join(', ');
}

type Check = (reading: Reading, expected: never, sentence: Sentence, intent: string) => string;
const of = <T>(check: (reading: Reading, expected: T, sentence: Sentence, intent: string) => string): Check =>
  check as Check;

function compare<T>(
  picked: Picked<T>,
  isRight: (value: T) => boolean,
  describe: (value: T) => string = (value) => JSON.stringify(value),
): string {
  if (picked.is !== 'one') return 'missing';
  return isRight(picked.value) ? 'ok' : describe(picked.value);
}

const sayMoment = ({ day, time, at }: Moment) => (time ? `${calendar.dayOf(at)}T${calendar.timeOf(at)}` : day);
const isAt = (wanted: string | string[]) => (moment: Moment) =>
  [wanted]
    .flat()
    .some(
      (one) =>
        sayMoment(moment) === one ||
        (!one.includes('T') && moment.day === one) ||
        (!moment.time && one === `${moment.day}T00:00`),
    );

const window = (end: 'opens' | 'closes') =>
  of<string>((reading, wanted, _, intent) => {
    const picked = pickWindow(reading);
    if (picked.is !== 'one') return 'missing';
    const { opens, closes } = picked.value;
    const [minutes] = reading.of('duration').flatMap((slot) => slot.minutes ?? []);
    // A contest that says how long it lasts ends then.
    const lasts =
      end === 'closes' && !closes && opens && minutes && intent === 'quiz.contest'
        ? new Date(opens.at.getTime() + minutes * 60_000)
        : undefined;
    const moment =
      picked.value[end] ??
      (lasts && { day: calendar.dayOf(lasts), pastDay: '', time: calendar.timeOf(lasts), at: lasts });
    if (!moment) return 'missing';
    return isAt(wanted)(moment) ? 'ok' : sayMoment(moment);
  });

const checks: Record<string, Check> = {
  due: of<string | string[]>((reading, wanted) => {
    const picked = pickDeadline(reading);
    if ([wanted].flat().includes('ask')) return picked.is === 'one' ? sayMoment(picked.value) : 'ok';
    return compare(picked, isAt(wanted), sayMoment);
  }),
  opens: window('opens'),
  closes: window('closes'),
  heldOn: of<string>((reading, wanted) => compare(pickDayHeld(reading, TODAY), (day) => day === wanted)),
  day: of<string>((reading, wanted) => compare(pickDayHeld(reading, TODAY), (day) => day === wanted)),
  from: of<string>((reading, wanted) => compare(pickDays(reading), ({ firstDay }) => firstDay === wanted)),
  to: of<string>((reading, wanted) => compare(pickDays(reading), ({ lastDay }) => lastDay === wanted)),
  until: of<string>((reading, wanted) => compare(pickDateBy(reading, /提名|推荐/), isAt(wanted), sayMoment)),
  vote: of<string>((reading, wanted) => compare(pickDateBy(reading, /投票/), isAt(wanted), sayMoment)),
  audience: of<string>((reading, wanted, sentence) => judgeAudience(reading, wanted, sentence)),
  branch: of<string>((reading, wanted) => {
    const places = reading.slots.flatMap((slot) =>
      slot.kind === 'audience' ? slot.audience.places : slot.kind === 'place' ? slot.places : [],
    );
    const [place] = places;
    if (!place) return 'missing';
    return place.id && nameOf(place.id) === wanted ? 'ok' : JSON.stringify(places);
  }),
  topic: of<string[]>((reading, wanted, { group }) => {
    const pattern = new RegExp(wanted.join('|'));
    if (group === 'quiz')
      return compare(pickTerms(reading, 'quiz-topic'), (values) =>
        values.some((value) => pattern.test(TOPICS[value] ?? '')),
      );
    const picked = pickTopic(reading, { orLeftover: group === 'session' });
    if (
      picked.is === 'one' &&
      /[点日号天分0-9一二三四五六末底]之?前|(请|提醒|通知).{0,12}(党员|同志|大家|人员|支部)|截止/.test(picked.value)
    )
      return `the whole sentence: ${picked.value}`;
    return compare(picked, (topic) => pattern.test(topic));
  }),
  kind: of<string[]>((reading, wanted) =>
    compare(pickTerms(reading, 'session-kind'), (values) =>
      values.some((value) => wanted.some((one) => KINDS[value]?.includes(one))),
    ),
  ),
  link: of<string>((reading, wanted) =>
    compare(pickLink(reading), (href) => href.includes(wanted) && !/[)）。]$/.test(href)),
  ),
  reflection: of<string>((reading, wanted) =>
    compare(pickTerms(reading, 'reflection'), (values) => values.length === 1 && values[0] === wanted),
  ),
  attendees: of<number>((reading, wanted) => compare(pickAttendees(reading), (value) => value === wanted)),
  host: of<string>((reading, wanted) => compare(pickPersonBy(reading, /主持|主讲/), (name) => name === wanted)),
  count: of<number>((reading, wanted) =>
    compare(pickQuestionCount(reading, 'quiz-topic'), (value) => value === wanted),
  ),
  minutes: of<number>((reading, wanted) => compare(pickMinutes(reading), (value) => value === wanted)),
  pass: of<number>((reading, wanted) => compare(pickPass(reading), (value) => value === wanted)),
  dayOfMonth: of<number>((reading, wanted) => compare(pickDayOfMonth(reading), (value) => value === wanted)),
  notDay: of<number>((reading) => (pickDayOfMonth(reading).is === 'one' ? 'a day of every month' : 'ok')),
  leadDays: of<number>((reading, wanted) => compare(pickLead(reading), (value) => value === wanted)),
  items: of<[string, number, string][]>((reading, wanted) =>
    compare(
      pickItems(reading, 'each'),
      (items) =>
        wanted.length === items.length &&
        wanted.every(([name, quantity, unit]) =>
          items.some((item) => item.name === name && item.quantity === quantity && item.unit === unit),
        ),
    ),
  ),
  item: of<[string, number, string]>((reading, [name, quantity, unit]) => {
    const [item, ...more] = reading.of('item');
    if (!item) return 'missing';
    return more.length === 0 && item.name === name && item.quantity === quantity && item.unit === unit
      ? 'ok'
      : JSON.stringify(item);
  }),
  notEach: of<number>((reading) => (pickItems(reading, 'each').is === 'one' ? 'in all became each' : 'ok')),
  point: of<string>((reading, wanted) => {
    const [place] = reading
      .of('place')
      .filter(({ role }) => role === 'location')
      .flatMap(({ places }) => places);
    if (!place) return 'missing';
    return place.id && nameOf(place.id) === wanted ? 'ok' : JSON.stringify(place);
  }),
  temp: of<number>((reading, wanted) => compare(pickDegrees(reading), (value) => value === wanted)),
  person: of<string>((reading, wanted, { by }) =>
    compare(pickPerson(reading), ({ id }) => id === personOf(wanted === 'self' ? CAST[by] : wanted).id),
  ),
  text: of<string[]>((reading, wanted) => (wanted.every((one) => reading.plain.text.includes(one)) ? 'ok' : 'missing')),
  list: of<string>((reading, wanted) =>
    compare(
      pickTerms(reading, 'list'),
      (values) => values.length === 1 && values[0] === { 学习台账: 'sessions', 光荣榜: 'roll' }[wanted],
    ),
  ),
  not: of<string[]>(() => 'ok'),
};

/** `ask` once stood for what no audience could say; several units and the committee can be said now, the centre group cannot. */
const SAYABLE: Record<string, string> = {
  'study-33': '政治处+办公室+法制宣传科/党员',
  'study-35': '/支委',
  'study-54': '一大队党支部+二大队党支部/党员',
  'study-70': '一大队+二大队+三大队+机动大队/全体',
};

function judgeAudience(reading: Reading, expected: string, sentence: Sentence): string {
  const picked = pickAudience(reading);
  const wanted = SAYABLE[sentence.id] ?? expected;
  if (wanted === 'ask') return picked.is === 'one' ? describe(picked.value.audience, '') : 'ok';
  const [scope = '', who = ''] = wanted.split('/');
  if (picked.is !== 'one') return scope === 'own?' || scope === 'own' ? 'ok' : 'missing';
  const { audience, isPlaceImplied } = picked.value;
  const branch = personOf(CAST[sentence.by]).branchId?.replace('branch:', '') ?? '';
  const own = isPlaceImplied ? branch : '';
  const got = describe(audience, own);
  const wantedScope = scope.startsWith('own') || scope === '' ? branch : scope;
  if (audience.persons.length > 0) return got;
  return got === `${wantedScope}/${who}` || (who === '*' && got.startsWith(`${wantedScope}/`)) ? 'ok' : got;
}

function describe({ places, politics, kinds, offices, persons }: Audience, own: string): string {
  const scope = places.map(({ kind, id }) => (kind === 'detachment' ? '全支队' : nameOf(id ?? ''))).join('+') || own;
  const people = persons.map((id) => LEXICON.people.find((one) => one.id === id)?.name).join('、');
  const who =
    politics.length > 0
      ? '党员'
      : offices.includes('committee')
        ? '支委'
        : offices.length > 0
          ? offices.join()
          : kinds.length === 1
            ? kinds[0] === 'auxiliary'
              ? '辅警'
              : '民警'
            : '全体';
  return `${scope}${people}/${who}`;
}
