/** The rows behind a number, by the query that counted it: as a card to leaf through, and as a file. */
import { formatInstant } from '../../calendar/format.ts';
import type { DigestFigure, DigestRow } from '../../digest-section.ts';
import { card, fileMaker, type Viewer } from '../../feature.ts';
import { writeSheets } from '../../sheets/write-sheets.ts';
import type { Reader } from '../../storage/database.ts';
import type { Sections } from './compile/compile.ts';
import { groupsWithin, type RunGroup } from './compile/scopes.ts';
import { namePeriod, periodBetween } from './compile/weeks.ts';
import * as queries from './queries.ts';
import { RowsRef, type RowsValue } from './schema.ts';

const ROWS_PER_PAGE = 8;

type Rows = {
  run: queries.DigestRun;
  group: RunGroup;
  figure: DigestFigure;
  rows: DigestRow[];
  /** The number as it was told; undefined for a part of it. */
  told: number | undefined;
  /** The definition has changed since: the rows follow the one in force. */
  isRedefined: boolean;
};

/** The rows, or undefined when there is no such number. */
async function readRows(db: Reader, sections: Sections, value: RowsValue, viewer: Viewer): Promise<Rows | undefined> {
  const run = await queries.findRun(db, value.run);
  const section = sections.get(value.section);
  if (!run || !section) return undefined;
  const groups = await queries.findGroups(db, run.id);
  const group = groups.find(({ kind, id }) => kind === value.kind && id === value.id);
  const chapter = (await queries.findChapters(db, run.id)).find((one) => one.section === value.section);
  const figure = chapter?.figures[value.figure];
  if (!group || !figure) return undefined;
  const counts = await section.count(db, {
    groups: groupsWithin(group, groups).map(({ kind, id }) => ({ kind, id })),
    period: periodBetween(run.from, run.until, viewer.calendar),
    calendar: viewer.calendar,
    listed: value.figure,
  });
  const isMeant = (matter: string | null) => value.matter === '' || matter === value.matter;
  const rows = counts
    .filter((count) => count.figure === value.figure && isMeant(count.matter))
    .flatMap(({ rows }) => rows ?? []);
  const part = (await queries.findParts(db, run.id, [group.id])).find(
    (one) => one.section === value.section && one.kind === group.kind,
  );
  return {
    ...{ run, group, figure, rows: rows.sort(byName) },
    told: value.matter === '' ? (part?.total[value.figure] ?? 0) : undefined,
    isRedefined: chapter?.version !== section.version,
  };
}

const OF_A_SCOPE = { ref: RowsRef, action: 'digest.read', matter: queries.findScopeMatter } as const;

/** A page of them, with what the number means. */
export const rowsCard = (sections: Sections) =>
  card({
    ...OF_A_SCOPE,
    load: async (db, { page, key: _, ...value }, viewer) => {
      const found = await readRows(db, sections, value, viewer);
      if (!found) return undefined;
      const { run, group, figure, rows } = found;
      const last = Math.max(0, Math.ceil(rows.length / ROWS_PER_PAGE) - 1);
      return {
        name: group.name,
        period: namePeriod(run.name, viewer.calendar.dayOf(viewer.now)),
        label: figure.label,
        definition: figure.definition,
        count: `${sumOf(rows)}${figure.unit}`,
        since: sinceTold(found, viewer),
        rows: rows.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE).map(({ who, what, note }) => ({
          text: [who, what].filter(Boolean).join(' · '),
          note,
        })),
        pages: last > 0 ? `第${page + 1}页，共${last + 1}页` : '',
        previous: page > 0 ? page - 1 : -1,
        next: page < last ? page + 1 : -1,
        value,
      };
    },
  });

/** All of them as xlsx. */
export const rowsFile = (sections: Sections) =>
  fileMaker({
    ...OF_A_SCOPE,
    make: async (db, value, viewer) => {
      const found = await readRows(db, sections, value, viewer);
      if (!found) return undefined;
      const { run, group, figure, rows } = found;
      const period = namePeriod(run.name, viewer.calendar.dayOf(viewer.now));
      const columns = {
        who: { header: '对象', kind: 'text', width: 20 },
        what: { header: '事项', kind: 'text', width: 48 },
        note: { header: '说明', kind: 'text', width: 28 },
        count: { header: `数量（${figure.unit}）`, kind: 'number', width: 14 },
      } as const;
      const note = `${group.name} ${period} ${figure.label} ${sumOf(rows)}${figure.unit}。口径：${figure.definition}${sinceTold(found, viewer)}`;
      const bytes = await writeSheets([{ name: '明细', columns, rows, note }], viewer);
      return { name: `${group.name}${period}${figure.label}.xlsx`, bytes };
    },
  });

/** What changed since the digest was made; empty when nothing did. */
function sinceTold({ run, figure, rows, told, isRedefined }: Rows, viewer: Viewer): string {
  if (isRedefined) return '统计口径后来有调整，以下按现行口径列出。';
  if (told === undefined || told === sumOf(rows)) return '';
  return `周报中为${told}${figure.unit}（${formatInstant(run.startedAt, viewer)}统计），之后数据有更正。`;
}

function sumOf(rows: DigestRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function byName(a: DigestRow, b: DigestRow): number {
  return a.who.localeCompare(b.who, 'zh-CN') || a.what.localeCompare(b.what, 'zh-CN');
}
