/** Which cards and replies answer which wish: on each card its name, title and first line, as `study-tasks/draft|学习任务 · 请填写|…`. */
import type { Shown } from './shown.ts';

const DRAFT = (title: string) => new RegExp(`^(?:${title})`, 'u');

const ANSWERS: Record<string, RegExp> = {
  'study.publish': DRAFT('study-tasks/draft'),
  'study.progress': /^study-tasks\/progress|最近没有学习任务/u,
  'study.open-list': /^study-tasks\/(?:progress|names)|最近没有学习任务/u,
  'study.nudge': /^[a-z-]+\/progress|将提醒|已提醒|没有需要催办/u,
  'study.extend': /^(?:study-tasks|quizzes|heat-supplies)\/extend|最近没有.+延期/u,
  'study.withdraw': /^(?:study-tasks|quizzes|heat-supplies)\/call-off|最近没有/u,
  'study.complete': /^study-tasks\/task|没有要完成的学习任务/u,
  'draft.cancelled': /已取消，没有发给任何人/u,
  'session.record': DRAFT('study-sessions/session'),
  'session.ledger': /^study-sessions\/(?:ledger|rows)|学习台账/u,
  'session.plan': /^study-sessions\/plan/u,
  'session.focus': /^study-sessions\/focus/u,
  'session.required': /^study-sessions\/requirements/u,
  'series.draft': /^study-sessions\/series\|定期提醒 · 请/u,
  'series.query': /^study-sessions\/series\||没有定期提醒/u,
  'quiz.contest': /^quizzes\/draft\|[^|]*比拼/u,
  'quiz.exam': /^quizzes\/draft\|[^|]*考试/u,
  'quiz.practice': /^quizzes\/paper\|练习/u,
  'quiz.daily': /^quizzes\/daily/u,
  'quiz.progress': /^quizzes\/progress|最近没有答题活动/u,
  'quiz.bank': /^quizzes\/bank/u,
  'query.my-results': /^quizzes\/(?:paper|results)|您还没参加过考试或比拼/u,
  'supplies.hand-out': DRAFT('heat-supplies/draft'),
  'supplies.progress': /^heat-supplies\/(?:queue|progress)|最近没有物资发放/u,
  'supplies.mine': /^heat-supplies\/claim|没有等您领取/u,
  'heat.record': /^heat-supplies\/(?:draft|heat)|气温|已记录今日最高/u,
  'heat.query': /^heat-supplies\/heat|气温/u,
  'stock.query': /^heat-supplies\/stock\||库存　/u,
  'stock.low': /或更少时会提醒/u,
  'star.deed': /^monthly-star\/deed/u,
  'star.deed-list': /^monthly-star\/deed/u,
  'star.nominate': /^monthly-star\/(?:nomination|nominated)|没有开放的提名/u,
  'star.open': /^monthly-star\/round\|[^|]*\|.*(?:核对|请填写|还没发起|确认)/u,
  'star.show': /^monthly-star\/round|没有正在进行的每月一星/u,
  'star.roll': /^monthly-star\/roll/u,
  'leave.record': /^leave\/(?:preview|form)|休假，已转给/u,
  'leave.end': /已销假|不用销假/u,
  'leave.query': /^leave\/away/u,
  'query.today': /^today\/list/u,
  'digest.read': /^weekly-digest\/|还没有周报|没有.*这一期周报/u,
  export: /^lists\/export|正在准备/u,
  help: /^help\/menu/u,
  feedback: /^feedback\/form/u,
  'roles.assign': /^roles\/(?:assign|form)|设置角色/u,
  'roles.end': /^roles\/held/u,
  'roles.show': /^roles\/held/u,
  'deliveries.why': /^deliveries\//u,
  'deliveries.reach': /^deliveries\/reach/u,
  'points.set': /^heat-supplies\/points/u,
};

/** The kinds of entry in the ledger of stock, by the word that their form and their receipt bear. */
const ENTRIES: Record<string, string> = {
  'stock.in': '入库',
  'stock.write-off': '报损',
  'stock.count': '盘点',
  'stock.transfer': '调拨',
  'stock.return': '退库',
};

const NOT_HEARD = /^inbox\/choices/u;
const REFUSED = /没有办理这件事的权限|不能提名自己|您不能|只能/u;

/** Whether the cards answer the wish. */
export function answers(cards: Shown[], wish: string, text: string): boolean {
  const entry = ENTRIES[wish];
  if (entry) return cards.some((card) => isEntry(card, entry, text));
  const pattern = ANSWERS[wish];
  if (!pattern) throw new Error(`nobody knows what answers ${wish}`);
  return cards.some((card) => pattern.test(signOf(card)));
}

/** Nothing was understood, or something else was offered. */
export const isNotHeard = (cards: Shown[]): boolean => cards.every((card) => NOT_HEARD.test(signOf(card)));

export const isRefused = (cards: Shown[]): boolean =>
  cards.some((card) => card.name === 'inbox/reply' && REFUSED.test(signOf(card)));

/** Something that waits for the person's word. */
export const isDraft = ({ buttons }: Shown): boolean =>
  buttons.some((words) => /^(?:确认|下一步|提交|登记|保存)/u.test(words));

/** Only a press away from being done. */
export const isReady = ({ buttons }: Shown): boolean => buttons.some((words) => /^确认/u.test(words));

/** Done at once. */
export const isDone = (cards: Shown[]): boolean =>
  cards.some(
    (card) => card.name === 'inbox/reply' && /已记账|已登记：|已销假|已发布|已延期|已撤回/u.test(signOf(card)),
  );

function isEntry(card: Shown, entry: string, text: string): boolean {
  if (card.name === 'heat-supplies/stock-form') return card.rows.some(({ value }) => value.includes(entry));
  return card.name === 'inbox/reply' && /已记账/u.test(signOf(card)) && text.includes(entry.slice(0, 1));
}

function signOf({ name, title, lines, buttons }: Shown): string {
  return `${name}|${title}|${lines[0] ?? ''} ${buttons.join(' ')}`;
}
