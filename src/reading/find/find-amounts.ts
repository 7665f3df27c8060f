/** Finds durations, pass marks and numbers with a unit: 45分钟, 80分及格, 50道题. */

import { matches, type Sheet, TAKEN } from '../sheet.ts';
import type { DurationSlot, NumberSlot, ScoreSlot } from '../slots.ts';
import { QUANTITY, readNumber } from './read-number.ts';

const COUNT = `(?<![第每])(?<count>半|${QUANTITY})`;
const TIME_LONG = new RegExp(
  `${COUNT}\\s*(?<unit>个半小时|个半钟头|个?小时|个?钟头|分钟|刻钟|个?工作日|天|日|周|个?星期|个?礼拜|个月|(?<=半)月)(?<half>半)?(?![前线内])`,
  'gu',
);
const SCORE = new RegExp(
  `(?:及格|合格|过关|达标)(?:分数?线|线|分数?)?\\s*(?:为|是|:|定为|设为)?\\s*(?<line>${QUANTITY})\\s*(?<lineUnit>分|%)?|(?<count>${QUANTITY})\\s*(?<unit>分|%)(?:以上)?\\s*(?:为|算|才|就)*(?:及格|合格|过关|通过|达标|过(?=$|[,。;、\\n]))`,
  'gu',
);
const NUMBER = new RegExp(
  `(?<![第每]|[每天][日天周])(?<count>${QUANTITY})\\s*(?<unit>个(?=[\\p{Script=Han}${TAKEN}]{2,10}的题(?:$|[,。;吧呢啊]))|道题目?|个题目?|小题|道|题|余人|人次|人|名(?!义|单|称|字)|讲|篇|余?字|℃|°C|摄氏度|度\\d?|项|次|章|条(?!例)|个(?=人|问题|支部|单位|委员|党员|同志|民警|辅警|成员))`,
  'gu',
);
/** 想休几天: so long as nobody has said. */
const VAGUE_LONG =
  /(?<![那这])(?:几|两三|三两|三四|四五|三五|五六|若干|好几|十几|十来|数)(?:个)?(?:天|日(?!游)|周|星期|礼拜|小时|钟头|分钟)/gu;
/** How much of the words around a number tells what it is. */
const AROUND = 8;

/** Claims every amount; `before` and `after` are what stands beside it in the same clause. */
export function findAmounts(sheet: Sheet): (DurationSlot | ScoreSlot | NumberSlot)[] {
  const found: (DurationSlot | ScoreSlot | NumberSlot)[] = [];
  for (const { start, end, groups } of matches(sheet, SCORE)) {
    const value = readNumber(groups.line ?? groups.count ?? '');
    if (!Number.isNaN(value) && sheet.claim({ start, end }))
      found.push({
        start,
        end,
        kind: 'score',
        value,
        of: (groups.lineUnit ?? groups.unit) === '%' ? 'per cent' : 'points',
      });
  }
  found.push(...findVague(sheet));
  for (const { start, end, groups } of matches(sheet, TIME_LONG)) {
    const count = groups.count === '半' ? 0.5 : readNumber(groups.count ?? '') + (groups.half ? 0.5 : 0);
    if (Number.isNaN(count) || !sheet.claim({ start, end })) continue;
    found.push({
      start,
      end,
      kind: 'duration',
      ...lengthOf(count, groups.unit ?? ''),
      ...around(sheet.text, start, end),
    });
  }
  for (const { start, end, groups } of matches(sheet, NUMBER)) {
    // 39度2 is 39.2.
    const value = readNumber(groups.count ?? '') + Number(/度(\d)/u.exec(groups.unit ?? '')?.[1] ?? 0) / 10;
    if (Number.isNaN(value) || !sheet.claim({ start, end })) continue;
    const unit = unitOf(groups.unit ?? '', sheet.text.slice(end, end + 14));
    found.push({ start, end, kind: 'number', value, unit, ...around(sheet.text, start, end) });
  }
  for (const { start, end, groups } of matches(
    sheet,
    /(?:人数|题数|题量|题目|试题|数量|应到|实到|到会|到场|出席|参会|缺席|到了|来了)\s*(?:为|是|:)?\s*(?<count>\d{1,4}|[一二两三四五六七八九十百]{1,4})个?(?![\d年月日号:点次场项人名位])/gu,
  )) {
    const value = readNumber(groups.count ?? '');
    if (Number.isNaN(value) || !sheet.claim({ start, end })) continue;
    const word = sheet.text.slice(start, start + 2);
    const unit = word.includes('题') ? '道' : word === '数量' ? '' : '人';
    found.push({ start, end, kind: 'number', value, unit, before: word, after: '' });
  }
  return found;
}

/** The unit as it is asked for: 道 for questions, 人 for heads (18个人), 度 for degrees. */
function unitOf(said: string, behind: string): string {
  if (/[道题]/u.test(said)) return '道';
  if (/[个名]/u.test(said) && /^(?:人|委员|党员|同志|民警|辅警|成员)/u.test(behind)) return '人';
  // 5个八项规定的题.
  if (said === '个' && new RegExp(`^[\\p{Script=Han}${TAKEN}]{2,10}的题`, 'u').test(behind)) return '道';
  return said
    .replace('余', '')
    .replace('人次', '人')
    .replace(/℃|°C|摄氏度|度\d/u, '度');
}

function findVague(sheet: Sheet): DurationSlot[] {
  return matches(sheet, VAGUE_LONG)
    .filter((span) => sheet.claim(span))
    .map(({ start, end }) => ({ start, end, kind: 'duration', ...around(sheet.text, start, end) }));
}

function lengthOf(count: number, unit: string): Pick<DurationSlot, 'minutes' | 'days'> {
  if (/小时|钟头/.test(unit)) return { minutes: (count + (unit.startsWith('个半') ? 0.5 : 0)) * 60 };
  if (unit === '分钟') return { minutes: count };
  if (unit === '刻钟') return { minutes: count * 15 };
  if (/周|星期|礼拜/.test(unit)) return { days: count * 7 };
  return /月/.test(unit) ? { days: count * 30 } : { days: count };
}

function around(text: string, start: number, end: number): { before: string; after: string } {
  return {
    before: (
      text
        .slice(Math.max(0, start - AROUND), start)
        .split(/[,。;!?\n]/)
        .at(-1) ?? ''
    ).trimEnd(),
    after: (text.slice(end, end + AROUND).split(/[,。;!?\n]/)[0] ?? '').trimStart(),
  };
}
