/** 导出 and 导入模板: one xlsx with a sheet for each list, made by a worker. */

import { AppError } from '../../basics/errors.ts';
import { formatDay } from '../../calendar/format.ts';
import type { PersonTurn, Reply, Turn, Typed } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { may } from '../../people/permissions.ts';
import type { Span } from '../../reading/normalise.ts';
import type { Reading } from '../../reading/reading.ts';
import { type WriteSheet, writeSheets } from '../../sheets/write-sheets.ts';
import { type Catalogue, type Entry, nameLists } from './catalogue.ts';
import { readExportRequest } from './export-request.ts';
import * as queries from './queries.ts';

const EXAMPLES = '导出、导出本月、导出11月、导出2026年第三季度';
const MAX_BYTES = 30 * 1024 * 1024;
const FAILED = '没有导出成功。请稍后再试一次；如果还是不行，请联系政治处管理员。';

/** 导出: says what is being made, and has it made. */
export async function askForExport(catalogue: Catalogue, turn: PersonTurn, { text, reading }: Typed): Promise<Reply> {
  const entries = catalogue.exportable(turn.who);
  if (entries.length === 0) return { toast: '您还没有可以导出的内容。如有疑问请联系政治处。', kind: 'warning' };
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const exact = text.startsWith('导出') ? readExportRequest(text, entries, viewpoint) : undefined;
  const asked = exact ?? readExportRequest(`导出${requestIn(text, reading, entries)}`, entries, viewpoint);
  if (!asked) {
    const toast = `没有听懂要导出什么。可以写：${EXAMPLES}；也可以写上名称：${nameLists(entries)}。`;
    return { toast, kind: 'warning' };
  }
  const lists = asked.entries.map(({ key }) => key);
  const row = { personId: turn.who.id, lists, ...asked.period, askedAt: turn.now };
  await turn.later('export', { export: await queries.createExport(turn.db, row) });
  const { firstDay, lastDay } = asked.period;
  const period = `${formatDay(firstDay, turn)}至${formatDay(lastDay, turn)}`;
  return { toast: `正在准备${nameLists(asked.entries)}（${period}），做好后以文件发给您。` };
}

/** The lists and the time that are said in other words than 导出…; all of the text where something else may be meant by it. */
function requestIn(text: string, reading: Reading, entries: Entry[]): string {
  const lists = reading.of('term').filter((term) => term.of === 'list');
  const periods = periodsOf(reading, lists);
  const said = [...lists, ...periods];
  const isAll = said.length > 0 && reading.unused(said).length === 0;
  if (!isAll && text.startsWith('导出')) return text;
  // 学习台帐: what is meant, however it is spelt.
  const names = lists.map(
    (term) => entries.find(({ key }) => key.endsWith(`/${term.value}`))?.list.plan.name ?? reading.quote(term),
  );
  return [...names, ...periods.map((span) => reading.quote(span))].join(' ');
}

/** 省厅下周来调材料，下半年的学习台账…: of several times the one that stands before a list. */
function periodsOf(reading: Reading, lists: Span[]): Span[] {
  const all = reading.of('period');
  const own = all.filter(({ end }) =>
    lists.some(({ start }) => start >= end && /^\s*的?\s*$/u.test(reading.plain.text.slice(end, start))),
  );
  return own.length > 0 ? own : all;
}

/** 导入模板: the empty sheets of whatever this person may send in. */
export async function sendTemplate(catalogue: Catalogue, turn: PersonTurn): Promise<Reply | undefined> {
  if (catalogue.importable(turn.who).length === 0) return { toast: '您没有可以导入的名单。', kind: 'warning' };
  const to = { person: turn.who.id };
  await turn.deliver({ key: `template:${turn.eventId}`, to, file: 'template', ref: turn.who.id, push: 'answer' });
  return undefined;
}

/** Makes the file that was asked for, of what the person may see by now, and has it sent. */
export async function makeExport(
  catalogue: Catalogue,
  turn: Turn,
  turnOf: (feature: string) => Turn,
  id: string,
): Promise<void> {
  const row = await queries.findExport(turn.db, id);
  if (!row) return;
  const to = { person: row.personId };
  const made = await attempt(catalogue, turn, turnOf, row);
  if (typeof made === 'string') {
    await queries.refuseExport(turn.db, id, made);
    return turn.deliver({ key: `export:${id}`, to, card: 'export-failed', ref: id, push: 'answer' });
  }
  await queries.keepExport(turn.db, id, made.bytes, made.standing);
  await turn.deliver({ key: `export:${id}`, to, file: 'export', ref: id, push: 'answer' });
}

async function attempt(
  catalogue: Catalogue,
  { db, log, now, calendar }: Turn,
  turnOf: (feature: string) => Turn,
  row: queries.Export,
): Promise<{ bytes: Buffer; standing: string } | string> {
  const who = await findPerson(db, row.personId, now);
  const entries = who ? catalogue.exportable(who).filter(({ key }) => row.lists.includes(key)) : [];
  if (!who || entries.length === 0) return '您现在没有可以导出的内容。如有疑问请联系政治处。';
  await db.sql`SAVEPOINT before_export`;
  try {
    const sheets: WriteSheet[] = [];
    for (const { feature, list } of entries) {
      const turn = {
        ...turnOf(feature),
        who,
        eventId: `export:${row.id}`,
        saidAt: row.askedAt,
        may: may.bind(null, who),
      };
      const rows = (await list.out?.rows(turn, { firstDay: row.firstDay, lastDay: row.lastDay })) ?? [];
      // `list` has checked that the rows have the kinds of their columns.
      sheets.push({ name: list.plan.name, columns: list.plan.columns, rows: rows as WriteSheet['rows'] });
    }
    const bytes = await writeSheets(sheets, { calendar });
    return bytes.length > MAX_BYTES
      ? '导出的文件超过 30 MB，发不出去。请缩小时间范围，例如：导出本月。'
      : { bytes, standing: queries.standingOf(who) };
  } catch (error) {
    await db.sql`ROLLBACK TO SAVEPOINT before_export`;
    if (error instanceof AppError) return error.tell;
    log.error({ export: row.id, err: error }, 'an export failed');
    return FAILED;
  }
}
