/** An import on its card, from the preview to the result, and an export that could not be made. */
import { card } from '../../feature.ts';
import { describeProblem } from '../../sheets/plan.ts';
import { Id } from '../../sight.ts';
import { PROBLEMS_ON_CARD } from './import-handlers.ts';
import { findExport, findExportMatter, findImport, findImportMatter, type Import } from './queries.ts';
import type { Report } from './schema.ts';

const MAX_LINE_CHARACTERS = 120;
const NOTES_ON_CARD = 8;

/** What the head of a closed card says, and whether it is a warning. */
const CLOSED = {
  cancelled: { word: '已取消', line: '已取消，没有导入' },
  expired: { word: '已过期', line: '已过期，没有导入。需要时请重新发送文件' },
} as const;

/** One import; it belongs to whoever sent the file. */
export const importCard = card({
  ref: Id,
  action: 'lists.import',
  matter: findImportMatter,
  load: async (db, id) => {
    const row = await findImport(db, id);
    if (!row) return undefined;
    const report = row.result ?? row.preview;
    const shown = { fileName: row.fileName, ...describeReport(report) };
    switch (row.state) {
      case 'reading':
        return undefined;
      case 'preview':
        return { template: 'import-preview', ...shown };
      case 'importing':
        return { template: 'import-running', ...shown };
      case 'imported':
        return { template: 'import-done', ...shown, difference: describeDifference(row) };
      case 'refused':
        return { template: 'import-closed', ...shown, word: '没有导入', line: row.refusal ?? '' };
      default:
        return { template: 'import-closed', ...shown, ...CLOSED[row.state] };
    }
  },
});

/** Why an export could not be made. */
export const exportFailed = card({
  ref: Id,
  action: 'self',
  matter: findExportMatter,
  load: async (db, id) => {
    const row = await findExport(db, id);
    return row?.refusal ? { line: row.refusal } : undefined;
  },
});

function describeReport(report: Report | null) {
  const { lists = [], problems = [], notes = [] } = report ?? {};
  const sum = (key: 'added' | 'changed' | 'left') => lists.reduce((total, one) => total + one[key], 0);
  return {
    lists: lists.map(({ name, added, changed, same, left }) => {
      return { name, counts: `新增 ${added} · 更改 ${changed} · 不变 ${same} · 有问题 ${left}` };
    }),
    added: sum('added'),
    changed: sum('changed'),
    left: sum('left'),
    problems: listLines(problems, PROBLEMS_ON_CARD, '其余的在“问题清单”文件里'),
    notes: listLines(notes, NOTES_ON_CARD, '其余从略'),
  };
}

function listLines(problems: Report['problems'], most: number, rest: string): string {
  const lines = problems.slice(0, most).map((problem) => {
    const { sheet, row, column, header, reason } = problem;
    const line = describeProblem({
      sheet,
      reason,
      ...(row !== undefined && { row }),
      ...(column !== undefined && { column }),
      ...(header !== undefined && { header }),
    });
    return line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}…` : line;
  });
  return [...lines, ...(problems.length > most ? [`共 ${problems.length} 处，${rest}。`] : [])].join('\n');
}

/** Said when something changed between the preview and the import. */
function describeDifference({ preview, result }: Import): string {
  if (JSON.stringify(preview?.lists) === JSON.stringify(result?.lists)) return '';
  return '确认前后名单有变动，结果与预览不完全相同，以这里为准。';
}
