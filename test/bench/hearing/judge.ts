/** Judges an answer as the person would who said the sentence: the right card filled in, something of it asked, missed, or WRONG. */
import { answers, isDone, isDraft, isNotHeard, isReady, isRefused } from './answers.ts';
import { judgeDate } from './judge-dates.ts';
import type { Shown } from './shown.ts';
import { wordsOn } from './shown.ts';
import { CAST, type Part } from './stage.ts';

/** What a sentence should lead to: wishes joined by `|` (`ask`: it should be asked back), and what the card then holds. */
export type Sentence = {
  id: string;
  group: string;
  by: Part;
  text: string;
  prior?: ({ by?: Part } & ({ say: string } | { press: string }))[];
  expect: { intent: string; slots: Record<string, unknown> };
};

/** `asked`: the right card, of which something that was said is still to be filled in. */
export type Verdict = 'right' | 'asked' | 'missed' | 'WRONG';
export type Judged = { verdict: Verdict; why: string };

/** `ok`, `missing`, or what stands there instead. */
export type Found = string;

const EMPTY_WHO = /全体|同志|所有人/u;

/** The verdict on the cards that answered a sentence. */
export function judge({ by, text, expect: { intent, slots } }: Sentence, cards: Shown[]): Judged {
  const said = cards.map(wordsOn).join('\n').slice(0, 120).replaceAll('\n', ' ');
  if (intent === 'none') return judgeSmallTalk(cards, said);
  if (cards.length === 0) return { verdict: 'missed', why: 'no answer' };
  const wanted = intent.split('|');
  if (intent.startsWith('refuse:')) {
    if (isRefused(cards) || /不能提名自己/u.test(said)) return { verdict: 'right', why: 'refused' };
    return { verdict: cards.some(isDraft) ? 'WRONG' : 'asked', why: said };
  }
  const hit = wanted.find((wish) => wish !== 'ask' && answers(cards, wish, text));
  if (!hit) return wanted.includes('ask') ? judgeQuestion(slots, cards, said) : judgeOther(cards, said);
  const found = Object.entries(slots).map(
    ([name, value]) => [name, judgeSlot(name, value === 'self' ? CAST[by] : value, cards, hit)] as const,
  );
  const wrong = found.filter(([, is]) => is !== 'ok' && is !== 'missing');
  const missing = found.filter(([, is]) => is === 'missing').map(([name]) => name);
  if (wrong.length > 0) return { verdict: 'WRONG', why: wrong.map(([name, is]) => `${name}: ${is}`).join('; ') };
  if (missing.length > 0) {
    // A sentence that only says how to write it keeps nothing of what was said.
    const isDeadEnd = cards.every(({ name }) => name === 'inbox/reply');
    return { verdict: isDeadEnd ? 'missed' : 'asked', why: `missing ${missing.join(', ')}` };
  }
  return { verdict: 'right', why: '' };
}

function judgeSmallTalk(cards: Shown[], said: string): Judged {
  if (cards.some(isDraft) || isDone(cards)) return { verdict: 'WRONG', why: `small talk became: ${said}` };
  return { verdict: cards.length > 0 && isNotHeard(cards) ? 'missed' : 'right', why: said };
}

/** It should have been asked back: everything that is not on its way already is a question. */
function judgeQuestion(slots: Record<string, unknown>, cards: Shown[], said: string): Judged {
  const isWrong =
    isDone(cards) ||
    cards.some(isReady) ||
    Object.entries(slots).some(([name, value]) =>
      name.startsWith('not') ? judgeSlot(name, value, cards, 'ask') !== 'ok' : false,
    );
  return { verdict: isWrong ? 'WRONG' : 'right', why: `asked: ${said}` };
}

function judgeOther(cards: Shown[], said: string): Judged {
  if (isNotHeard(cards)) return { verdict: 'missed', why: 'not understood' };
  if (isRefused(cards) && !cards.some(isDraft)) return { verdict: 'missed', why: `refused: ${said}` };
  const isOnlyWords = cards.every(({ name }) => name === 'inbox/reply') && !isDone(cards);
  return { verdict: isOnlyWords ? 'missed' : 'WRONG', why: `another wish: ${said}` };
}

type Check = (cards: Shown[], wanted: never, wish: string) => Found;
const check = <T>(of: (cards: Shown[], wanted: T, wish: string) => Found): Check => of as Check;

const words = (label: RegExp) =>
  check<string | string[]>((cards, wanted) => {
    const pattern = new RegExp([wanted].flat().join('|'), 'u');
    const row = cards.flatMap(({ rows }) => rows).find((one) => label.test(one.label));
    if (row) return row.value === '' ? 'missing' : pattern.test(row.value) ? 'ok' : row.value;
    return pattern.test(cards.map(wordsOn).join('\n')) ? 'ok' : 'missing';
  });

const number = (label: RegExp, inText: RegExp) =>
  check<number>((cards, wanted) => {
    const row = cards.flatMap(({ rows }) => rows).find((one) => one.isField && label.test(one.label));
    const said = row ? /\d+/.exec(row.value)?.[0] : inText.exec(cards.map(wordsOn).join('\n'))?.[1];
    return said === undefined ? 'missing' : Number(said) === wanted ? 'ok' : said;
  });

/** Several where each of them is right. */
type OneOrMore = string | string[];

const CHECKS: Record<string, Check> = {
  due: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['closes', 'held'])),
  closes: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['closes'])),
  opens: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['opens'])),
  heldOn: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['held'])),
  from: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['opens'])),
  to: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['closes'])),
  until: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['nominate'])),
  vote: check<OneOrMore>((cards, wanted) => judgeDate(cards, [wanted].flat(), ['vote'])),
  day: check<OneOrMore>((cards, wanted) => {
    const deed = judgeDate(cards, [wanted].flat(), ['deed']);
    return deed === 'ok' ? deed : judgeDate(cards, [wanted].flat(), ['held']);
  }),
  audience: check<string>(judgeAudience),
  kind: words(/类型/u),
  topic: check<string[]>((cards, wanted, wish) => {
    const is = (words(wish.startsWith('quiz') ? /主题/u : /学习内容|主题|内容/u) as (...all: unknown[]) => Found)(
      cards,
      wanted,
    );
    const isSentence =
      is === 'ok' &&
      !wish.startsWith('quiz') &&
      cards.some(({ rows }) =>
        rows.some(
          ({ label, value }) =>
            /学习内容|主题/u.test(label) &&
            /(?:[点日号]|周.)之?前|^(?:请|提醒|通知).{0,12}(?:党员|同志|大家)|截止/u.test(value),
        ),
      );
    return isSentence ? 'missing' : is;
  }),
  link: words(/链接/u),
  reflection: check<'required' | 'none' | 'optional'>((cards, wanted) =>
    (words(/心得/u) as (...all: unknown[]) => Found)(
      cards,
      { required: '^需要|必', none: '不需要|不用', optional: '可以|自愿|可写' }[wanted],
    ),
  ),
  attendees: number(/人数/u, /(\d+)\s*人/u),
  host: words(/主持/u),
  count: number(/几题|题数/u, /每人(\d+)题/u),
  minutes: number(/分钟|时长/u, /(\d+)分钟/u),
  pass: number(/及格/u, /答对(\d+)/u),
  dayOfMonth: check<number>((cards, wanted) => {
    const text = cards.map(wordsOn).join('\n');
    const said = /每月几日：(\S+)/u.exec(text)?.[1] ?? /每月\s*(最后一天|\d+)/u.exec(text)?.[1];
    const day = said && (/最后/u.test(said) ? 31 : Number(/\d+/.exec(said)?.[0]));
    return !day ? 'missing' : day === wanted ? 'ok' : String(said);
  }),
  leadDays: number(/提前/u, /提前(\d+)天/u),
  branch: words(/提醒谁|支部|范围/u),
  items: check<[string, number, string][]>((cards, wanted) => worst(wanted.map((one) => judgeItem(cards, one)))),
  item: check<[string, number, string]>(judgeItem),
  label: words(/批号/u),
  point: words(/领取点/u),
  temp: check<number>((cards, wanted) =>
    new RegExp(`${wanted}(?:\\.0)?\\s*(?:℃|度)`, 'u').test(cards.map(wordsOn).join('\n')) ? 'ok' : 'missing',
  ),
  person: words(/姓名|候选人|提名谁/u),
  persons: words(/不找/u),
  text: check<string[]>((cards, wanted) => {
    const all = cards.map(wordsOn).join('\n');
    return wanted.every((one) => all.includes(one)) ? 'ok' : 'missing';
  }),
  list: check<string>((cards, wanted) => (cards.map(wordsOn).join('\n').includes(wanted) ? 'ok' : 'missing')),
  not: check<string[]>(
    (cards, unwanted) => unwanted.find((one) => cards.map(wordsOn).join('\n').includes(one)) ?? 'ok',
  ),
  notDay: check<number>((cards) => {
    const row = cards.flatMap(({ rows }) => rows).find(({ label, isField }) => isField && /每月几日/u.test(label));
    return row?.value ? `every month on ${row.value}` : 'ok';
  }),
  notEach: check<number>((cards, count) =>
    new RegExp(`每人[^\\n]*${count}`, 'u').test(cards.map(wordsOn).join('\n')) ? 'in all became each' : 'ok',
  ),
  notHeld: check<unknown>((cards, _wanted, wish) =>
    wish === 'session.record' && cards.some(isDraft) ? 'recorded' : 'ok',
  ),
};

function judgeSlot(name: string, wanted: unknown, cards: Shown[], wish: string): Found {
  const judgeIt = CHECKS[name];
  if (!judgeIt) throw new Error(`nobody judges ${name}`);
  return judgeIt(cards, wanted as never, wish);
}

function worst(all: Found[]): Found {
  return all.find((is) => is !== 'ok' && is !== 'missing') ?? all.find((is) => is !== 'ok') ?? 'ok';
}

function judgeItem(cards: Shown[], [name, quantity, unit]: [string, number, string]): Found {
  const rows = cards.flatMap(({ rows }) => rows).filter(({ label, value }) => value && !/库存|批号/u.test(label));
  const text = [...rows.map(({ value }) => value), ...cards.flatMap(({ lines }) => lines)].join('\n');
  const said = new RegExp(`${name}\\s*(\\d+)\\s*(\\p{Script=Han})`, 'u').exec(text.replaceAll('\n', ' '));
  if (!said) return 'missing';
  return Number(said[1]) === quantity && unit.startsWith(said[2] ?? '') ? 'ok' : said[0];
}

/** `一大队/党员`, several places joined by `+`; `own` is the writer's branch, with a question mark where it may be asked; `ask` wants none. */
function judgeAudience(cards: Shown[], wanted: string): Found {
  const rows = cards.flatMap(({ rows }) => rows);
  const held = rows.find(({ label }) => /范围|^发给谁/u.test(label))?.value.split('，共')[0] ?? '';
  const more = rows.filter(({ label }) => /^再加单位|^其中哪些人/u.test(label)).map(({ value }) => value);
  const said = [held, ...more].filter(Boolean).join(' ');
  if (wanted === 'ask') return held === '' ? 'ok' : held;
  const [scope = '', who = '*'] = wanted.split('/');
  if (said === '') return scope === 'own?' ? 'ok' : 'missing';
  const places = scope.startsWith('own') ? ['一大队党支部'] : scope.split('+');
  const isThere = places.every((place) => said.includes(place));
  const rest = places.reduce((text, place) => text.replace(place, ''), said);
  const isWho =
    who === '*' ||
    (who === '全体'
      ? !/党员|支委|^[^民]*辅警$|全体民警$/u.test(rest) || (EMPTY_WHO.test(rest) && !/党员|支委/u.test(rest))
      : rest.includes(who));
  return isThere && isWho && !/(?:大队|支部|中队|处|科|室|所)/u.test(rest) ? 'ok' : said;
}
