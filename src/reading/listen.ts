/** Takes the fields of one wish from a reading, and owns up to what is left. */
import type { Span } from './normalise.ts';
import type { Picked, Unclear } from './pick/picked.ts';
import type { Reading } from './reading.ts';

/** What a feature took so far. */
export type Listening = {
  /** The value; null where nothing was said, or nothing that can be acted on: then its words are among the `left` ones. */
  take: <T>(picked: Picked<T>) => T | null;
  /** Whether something of this kind was said, though not so that it can be acted on: then no default may stand in its place. */
  isUnclear: (picked: Picked<unknown>) => boolean;
  /** Counts spans as used that no `Picked` stands for. */
  use: (...spans: Span[]) => void;
  /** What could matter and nobody took, as it was written. */
  left: () => string[];
};

/** What is wrong with words that were understood and cannot be acted on. */
export const WHY: Record<Unclear, string> = {
  several: '有几个，不知道用哪个',
  'no-such-day': '没有这一天',
  'other-weekday': '日期和星期不一致',
  'two-dates': '前后不一致',
  past: '已经过去',
  'ends-before-it-begins': '结束早于开始',
  'half-day': '请按整天写',
  unknown: '不能确定是谁或哪里',
  'not-simple': '请在这里选好',
};

/** 没有用上：“除华若谷外”。: what was said and not used, with what to do about it; empty where every word was understood. */
export function sayUnused(left: string[], advice = ''): string {
  return left.length > 0 ? `没有用上：${left.map((said) => `“${said}”`).join('、')}。${advice}` : '';
}

/** Listens to a reading for one wish. */
export function listen(reading: Reading): Listening {
  const used: Span[] = [];
  const doubts = new Map<string, { why: string; span: Span }>();
  return {
    take: (picked) => {
      if (picked.is === 'unclear')
        for (const span of picked.said) doubts.set(reading.quote(span), { span, why: WHY[picked.why] });
      if (picked.is !== 'one') return null;
      used.push(...picked.used);
      return picked.value;
    },
    isUnclear: ({ is }) => is === 'unclear',
    use: (...spans) => void used.push(...spans),
    left: () => {
      const open = [...doubts].filter(
        ([, { span }]) => !used.some((one) => one.start <= span.start && span.end <= one.end),
      );
      const why = new Map(open.map(([said, doubt]) => [said, doubt.why]));
      return [...new Set([...reading.unused(used), ...why.keys()])].map((said) => {
        const doubt = why.get(said);
        return doubt ? `${said}（${doubt}）` : said;
      });
    },
  };
}
