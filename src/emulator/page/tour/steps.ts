/** The five steps of the guided tour: what to say, what to press, and when a step is done. */
import type { PagePerson } from '../../site/page-api.ts';
import type { State } from '../state.ts';

export const SENTENCE =
  '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a';

/** Who plays in the tour: a branch secretary and a Party member of the same branch without an office. */
export type Cast = { secretary: PagePerson | undefined; officer: PagePerson | undefined };

/** A place on the page: a selector, and a word that has to stand in the element. */
export type Target = { selector: string; words?: string };

type Progress = { state: State; cast: Cast; isTargetSeen: boolean; wasTargetSeen: boolean };
type Step = {
  words: (cast: Cast) => string;
  /** What the tour can do for the person. */
  help?: string;
  target: (cast: Cast) => Target | undefined;
  /** What has to be in view besides, to be seen changing. */
  watch?: (cast: Cast) => Target | undefined;
  isDone: (progress: Progress) => boolean;
};

/** The first secretary and the first plain Party member of a branch of 一大队; undefined where the tenant has none. */
export function findCast(people: PagePerson[]): Cast {
  const isIn = (person: PagePerson) => !person.hasLeft && person.branch.includes('一大队');
  const secretary = people.find((person) => isIn(person) && person.badge?.includes('书记'));
  const officer = people.find((person) => isIn(person) && person.politics.includes('党员') && !person.badge);
  return { secretary, officer };
}

const inSeatOf = (person: PagePerson | undefined, selector: string, words: string): Target | undefined =>
  person ? { selector: `.seat[data-seat="${CSS.escape(person.id)}"] ${selector}`, words } : undefined;

const lineOf = (person: PagePerson | undefined): Target | undefined =>
  person ? { selector: `[data-person="${CSS.escape(person.id)}"]` } : undefined;

const PRIMARY = '.card-button-primary_filled';

export const STEPS: Step[] = [
  {
    words: ({ secretary }) =>
      secretary ? `先做支部书记：打开${secretary.name}（${secretary.branch}）。` : '先打开一位支部书记。',
    help: '打开',
    target: ({ secretary }) => lineOf(secretary),
    isDone: ({ state, cast }) => state.seats[0]?.person !== undefined && state.seats[0].person === cast.secretary?.id,
  },
  {
    words: () => '书记像平常聊天一样说一句话。填入这句话，再按发送。',
    help: '填入这句话',
    target: () => ({ selector: '.composer-send' }),
    isDone: ({ cast }) => isThere(inSeatOf(cast.secretary, PRIMARY, '确认发布')),
  },
  {
    words: () => '机器人把听懂的写在卡片上：时间带星期，人数是确定的。没错就按“确认发布”。',
    target: () => ({ selector: `.seat ${PRIMARY}, dialog[open] .btn-primary`, words: '确认' }),
    isDone: ({ wasTargetSeen, isTargetSeen }) => wasTargetSeen && !isTargetSeen,
  },
  {
    words: ({ officer }) => `任务已发给支部党员。换成其中一位：${officer?.name ?? '同支部的党员'}，两人并排看。`,
    help: '并排打开',
    target: ({ officer }) => lineOf(officer),
    isDone: ({ cast }) => isThere(inSeatOf(cast.officer, PRIMARY, '我已完成')),
  },
  {
    words: ({ officer }) => `${officer?.name ?? '民警'}学完了，按“我已完成”。左边书记的进度卡片会自己变。`,
    target: ({ officer }) => inSeatOf(officer, PRIMARY, '我已完成'),
    watch: ({ secretary }) => inSeatOf(secretary, '.card', '进度'),
    isDone: ({ wasTargetSeen, isTargetSeen }) => wasTargetSeen && !isTargetSeen,
  },
];

function isThere(target: Target | undefined): boolean {
  return target !== undefined && findTarget(target) !== undefined;
}

/** The newest element of the place that is on the page; a dialog goes before the card that asked for it. */
export function findTarget(target: Target): HTMLElement | undefined {
  const found = [...document.querySelectorAll<HTMLElement>(target.selector)].filter(
    (element) => element.ariaDisabled !== 'true' && (element.textContent ?? '').includes(target.words ?? ''),
  );
  return found.find((element) => element.closest('dialog')) ?? found.at(-1);
}
