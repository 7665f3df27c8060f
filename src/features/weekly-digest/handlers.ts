/** What a reader of the digest does: asks for one, looks behind a number, replies, takes it away as a file. */

import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard, type Typed } from '../../feature.ts';
import { turnPage } from '../../pager.ts';
import { type Sections, startMonth } from './compile/compile.ts';
import { permissionScope, scopesOf } from './compile/scopes.ts';
import { weekOf } from './compile/weeks.ts';
import * as queries from './queries.ts';
import { type MatterFigures, readDigest } from './read-digest.ts';
import { keepReply } from './replies.ts';
import { RowsRef, type RowsValue, RunRef, ScopeRef, type ScopeValue } from './schema.ts';

/** More would not fit on a card. */
const MAX_REPLY_CHARACTERS = 500;

const HOW = '请发送“周报”看最近一期，“周报 2026-W47”看某一周，“周报 本月”看本月。';

/** 周报, 周报 2026-W47, 周报 第47周, 周报 本月, 周报 2026-10. */
export async function showDigest(turn: PersonTurn, sections: Sections, rest: string): Promise<Reply | undefined> {
  const month = monthSaid(turn, rest);
  if (month) {
    if (month > turn.calendar.dayOf(turn.now).slice(0, 7))
      return { toast: '这个月还没有开始，没有可以汇总的内容。', kind: 'warning' };
    await startMonth(turn, sections, { month, by: turn.who.id, key: turn.eventId });
    return undefined;
  }
  const found = await findSaid(turn, rest);
  if ('toast' in found) return found;
  await sendCard(turn, 'digest', found.run);
  return undefined;
}

/** Which digest is meant: what follows the word, else the week or month that the sentence names; empty for the newest. */
export function periodIn(turn: PersonTurn, { rest, reading }: Typed): string {
  const [period] = reading.of('period');
  const isExact = (weekSaid(turn, rest) ?? monthSaid(turn, rest)) !== undefined;
  if (isExact || !period) return rest;
  const { firstDay, lastDay } = period.range;
  const isWeek = turn.calendar.addDays(firstDay, 6) >= lastDay;
  if (!isWeek) return `${firstDay.slice(0, 4)}年${Number(firstDay.slice(5, 7))}月`;
  const isThisWeek = weekOf(firstDay) === weekOf(turn.calendar.dayOf(turn.saidAt));
  return isThisWeek ? '' : weekOf(firstDay).replace('-W', '年第').concat('周');
}

/** 导出周报, with a week as in 周报: the Word document and the sheet. */
export async function exportSaid(turn: PersonTurn, rest: string): Promise<Reply | undefined> {
  const found = await findSaid(turn, rest);
  if ('toast' in found) return found;
  await deliverFiles(turn, found.run);
  return undefined;
}

/** 导出周报 on a card. */
export async function exportPressed(turn: PressTurn, { run }: { run: string }): Promise<Reply> {
  await deliverFiles(turn, run);
  return { toast: 'Word文档和表格马上发给您。', keepForm: true };
}

/** 全部数字: every number of a scope on a card of its own. */
export async function openFigures(turn: PressTurn, value: ScopeValue): Promise<Reply> {
  const refusal = await refuseForeignScope(turn, value);
  if (refusal) return refusal;
  await sendCard(turn, 'figures', ScopeRef.write({ ...value, key: turn.eventId }));
  return { toast: '全部数字已发给您。', keepForm: true };
}

/** A press on a number, or 查看 at a matter: the rows behind it. */
export async function openRows(turn: PressTurn, value: RowsValue): Promise<Reply> {
  const refusal = await refuseForeignScope(turn, value);
  if (refusal) return refusal;
  const ref = RowsRef.write({ ...value, page: 0, key: turn.eventId });
  await turn.deliver({ key: `rows:${turn.eventId}`, to: { person: turn.who.id }, card: 'rows', ref, push: 'answer' });
  return { toast: '明细已单独发给您，请勿转发到群里。', keepForm: true };
}

/** Another page, on the same card. */
export async function turnRowsPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { key, ...value } = RowsRef.parse(turn.pressed.ref);
  const ref = RowsRef.write({ ...value, page, key });
  return turnPage(turn, `rows:${key}`, 'rows', ref, page);
}

/** 下载表格: all rows behind the number. */
export async function downloadRows(turn: PressTurn): Promise<Reply> {
  const ref = RowsRef.write({ ...RowsRef.parse(turn.pressed.ref), page: 0, key: turn.eventId });
  await turn.deliver({
    key: `rows-file:${turn.eventId}`,
    to: { person: turn.who.id },
    file: 'rows-sheet',
    ref,
    push: 'answer',
  });
  return { toast: '表格马上发给您。', keepForm: true };
}

/**
 * A reply to the digest: shown with the matter it is about, one press away from a task draft. `2 请本周补齐` is about the second
 * matter, anything else about the first. The draft is made by the button of the study tasks, which asks what its feature allows.
 */
export async function takeReply(
  turn: PersonTurn,
  matterFigures: MatterFigures,
  { card, ref: run }: { card: string; ref: string },
  said: string,
): Promise<Reply | undefined> {
  if (card !== 'digest') return { toast: '请直接发送要办的事，发送“帮助”可以看到能办什么。' };
  const [, number = '1', text = ''] = /^([1-5])[\s.．、，,:：]+(.+)$/su.exec(said) ?? [null, '1', said];
  if (text.trim() === '' || text.length > MAX_REPLY_CHARACTERS)
    return { toast: `回复请写1至${MAX_REPLY_CHARACTERS}字，没有转为任务。`, kind: 'warning' };
  const view = await readDigest(turn.db, matterFigures, run, turn.who, turn);
  if (!view) return { toast: '您现在不负责这份周报里的单位，没有转为任务。', kind: 'warning' };
  const matter = view.matters[Number(number) - 1] ?? view.matters[0];
  const quoted = matter ? `${matter.title}，${matter.words}` : `${view.scopes[0]?.group.name ?? ''}周报`;
  const id = await keepReply(turn.db, { personId: turn.who.id, text: text.trim(), matter: quoted }, turn.now);
  await turn.deliver({ key: `reply:${id}`, to: { person: turn.who.id }, card: 'reply', ref: id, push: 'answer' });
  return undefined;
}

async function deliverFiles(turn: PersonTurn, run: string): Promise<void> {
  const terms = { to: { person: turn.who.id }, ref: RunRef.write({ run, key: turn.eventId }), push: 'answer' } as const;
  await turn.deliver(
    { key: `word:${turn.eventId}`, file: 'word', ...terms },
    { key: `sheet:${turn.eventId}`, file: 'sheet', ...terms },
  );
}

/** 周报，看一眼: says no week. */
const LOOKS =
  /^[\s,，。]*(?:请|给我|让我|我想?|帮我|发我)?(?:看一?[眼下看]|[瞧瞅][瞧瞅一]眼?|打开|发来|一下)?[吧呢啊呗。!！]*$/u;

/** The run of the week that was said, or of the newest; otherwise the sentence that says what to do. */
async function findSaid(turn: PersonTurn, rest: string): Promise<{ run: string } | Reply> {
  const week = weekSaid(turn, rest);
  if (!LOOKS.test(rest) && !week) return { toast: `没有看懂要哪一期。${HOW}`, kind: 'warning' };
  const run = await queries.findWeekRun(turn.db, week);
  if (!run) return { toast: week ? `没有${week}这一期周报。${HOW}` : '还没有周报。每周最后一个工作日下班前汇总。' };
  const groups = await queries.findGroups(turn.db, run.id);
  if (scopesOf(turn.who, groups).length === 0)
    return { toast: '这期周报里没有您负责的单位或支部。如有疑问请联系政治处。', kind: 'warning' };
  return { run: run.id };
}

function weekSaid(turn: PersonTurn, rest: string): string | undefined {
  const [, year, number] = /^(?:(20\d\d)\s*[-年]?\s*)?(?:W|第)\s*(\d{1,2})周?$/iu.exec(rest.trim()) ?? [];
  if (!number || Number(number) < 1 || Number(number) > 53) return undefined;
  return `${year ?? weekOf(turn.calendar.dayOf(turn.saidAt)).slice(0, 4)}-W${number.padStart(2, '0')}`;
}

function monthSaid(turn: PersonTurn, rest: string): string | undefined {
  const text = rest.trim();
  const today = turn.calendar.dayOf(turn.saidAt);
  if (text === '本月') return today.slice(0, 7);
  if (text === '上月') return turn.calendar.addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const [, year, month] = /^(20\d\d)[-年](0?[1-9]|1[0-2])月?$/u.exec(text) ?? [];
  return year && month ? `${year}-${month.padStart(2, '0')}` : undefined;
}

async function refuseForeignScope(
  turn: PressTurn,
  value: { run: string; kind: string; id: string },
): Promise<Reply | undefined> {
  const groups = await queries.findGroups(turn.db, value.run);
  const group = groups.find(({ kind, id }) => kind === value.kind && id === value.id);
  if (group && turn.may('digest.read', permissionScope(group, groups))) return undefined;
  return refuse('您现在不负责这个单位或支部，看不到明细。如有疑问请联系政治处。');
}
