/** The dates that a card gives, each with what it stands for there. */
import type { Found } from './judge.ts';
import type { Shown } from './shown.ts';

type Role = 'opens' | 'closes' | 'held' | 'nominate' | 'vote' | 'deed' | '';
type Date = { role: Role; day: string; time: string; isField: boolean };

const LABELS: [RegExp, Role][] = [
  [/提名/u, 'nominate'],
  [/投票/u, 'vote'],
  [/开始|第一天|从什么时候/u, 'opens'],
  [/截止|结束|完成时间|最后一天|领到什么时候|时间不对/u, 'closes'],
  [/日期|哪天|哪一天|开展时间|时间/u, 'held'],
];
/** Of what else the cards speak. */
const OTHER = /没有用上|送达|遇休息日|提醒支部|流水|已有|库存|周报|学习内容|^主题/u;
const WRITTEN =
  /(?:(20\d\d)[年-])?(\d{1,2})[月-](\d{1,2})日?(?:（[^）]*）)?(?:\s?(\d{1,2}:\d{2}))?(?:\s*(?:至|到|—|-)\s*(\d{1,2}:\d{2}))?/gu;

/** Whether the card gives one of the wanted dates in one of these roles. `ask`: it may give none. */
export function judgeDate(cards: Shown[], wanted: string[], roles: Role[]): Found {
  const dates = cards.flatMap(datesOf);
  const own = dates.filter(({ role }) => roles.includes(role));
  const found = own.length > 0 ? own : dates.filter(({ role }) => role === '');
  if (found.length === 0) return wanted.includes('ask') ? 'ok' : 'missing';
  const isWanted = (date: Date) => wanted.some((one) => isSame(date, one));
  const other = found.find((date) => !isWanted(date));
  return found.some(isWanted) && !(other?.isField && own.includes(other)) ? 'ok' : `${other?.day} ${other?.time}`;
}

function isSame({ day, time }: Date, wanted: string): boolean {
  const [wantedDay = '', wantedTime] = wanted.split('T');
  return (
    wantedDay.endsWith(day) &&
    (wantedTime === undefined || time === wantedTime || (wantedTime === '00:00' && time === ''))
  );
}

function datesOf({ rows, lines }: Shown): Date[] {
  const ofRows = rows
    .filter(({ label }) => !OTHER.test(label))
    .flatMap(({ label, value, isField }) => datesIn(value, roleOf(label), isField));
  const ofLines = lines
    .filter((line) => !OTHER.test(line))
    .flatMap((line) => datesIn(line, /　/u.test(line) ? 'deed' : '', false));
  return [...ofRows, ...ofLines];
}

function roleOf(label: string): Role {
  return LABELS.find(([words]) => words.test(label))?.[1] ?? '';
}

function datesIn(text: string, role: Role, isField: boolean): Date[] {
  return Array.from(text.matchAll(WRITTEN)).flatMap((match): Date[] => {
    const [whole, year, month = '', date = '', time = '', until] = match;
    const after = text.slice(match.index + whole.length);
    const before = text.slice(0, match.index);
    const day = [...(year && year !== '2026' ? [year] : []), month.padStart(2, '0'), date.padStart(2, '0')].join('-');
    const own: Role =
      role ||
      (until || /^\s*(?:起|开始|至|到|—)/u.test(after)
        ? 'opens'
        : /^\s*(?:前|截止|结束|止)|^休假/u.test(after) || /(?:至|到|—)\s*$/u.test(before)
          ? 'closes'
          : '');
    return [
      { role: own, day, time: pad(time), isField },
      ...(until ? [{ role: 'closes' as const, day, time: pad(until), isField }] : []),
    ];
  });
}

const pad = (time: string): string => (time === '' ? '' : time.padStart(5, '0'));
