/** The files that people are given: an export, the empty sheets, and the list of what could not be imported. */
import { type FileMaker, fileMaker } from '../../feature.ts';
import { type WriteSheet, writeSheets } from '../../sheets/write-sheets.ts';
import { AnyRef, Id } from '../../sight.ts';
import { type Catalogue, nameLists, requiredHeaders } from './catalogue.ts';
import { findExport, findExportBytes, findExportMatter, findImport, findImportMatter, standingOf } from './queries.ts';

const PROBLEM_COLUMNS = {
  sheet: { header: '工作表', kind: 'text' },
  row: { header: '行', kind: 'number' },
  column: { header: '列', kind: 'text', width: 6 },
  header: { header: '表头', kind: 'text', width: 16 },
  reason: { header: '问题', kind: 'text', width: 60 },
} as const;

/** The makers; the export was made by a job, since it needs the turns of the features. */
export function createFiles(catalogue: Catalogue): Record<'export' | 'template' | 'problems', FileMaker> {
  return {
    export: fileMaker({
      ref: Id,
      action: 'lists.export',
      matter: findExportMatter,
      make: async (db, id, { who }) => {
        const row = await findExport(db, id);
        const bytes = await findExportBytes(db, id);
        const entries = who ? catalogue.exportable(who).filter(({ key }) => row?.lists.includes(key)) : [];
        // It holds all of them, so whoever may not have one of them any more gets none; nor whoever answers for others by now.
        if (!row || !bytes || !who || entries.length < row.lists.length || row.standing !== standingOf(who))
          return undefined;
        const title = entries.length === 1 ? nameLists(entries) : '导出';
        return { name: `${title}_${row.firstDay}至${row.lastDay}.xlsx`, bytes };
      },
    }),
    template: fileMaker({
      ref: AnyRef,
      action: 'lists.import',
      matter: 'anywhere',
      make: async (_db, _ref, { who, calendar }) => {
        const entries = who ? catalogue.importable(who) : [];
        if (entries.length === 0) return undefined;
        const sheets = entries.map(({ list: { plan } }): WriteSheet => {
          const note = `必填：${requiredHeaders(plan).join('、')}。日期写成 2026-11-27，时间写成 08:30。填好后把这个文件发给机器人，核对后再确认导入；不用的工作表可以删去。`;
          return { name: plan.name, columns: plan.columns, rows: [], note };
        });
        return { name: '导入模板.xlsx', bytes: await writeSheets(sheets, { calendar }) };
      },
    }),
    problems: fileMaker({
      ref: Id,
      action: 'lists.import',
      matter: findImportMatter,
      make: async (db, id, { calendar }) => {
        const row = await findImport(db, id);
        const report = row?.result ?? row?.preview;
        if (!report) return undefined;
        const sheet = { name: '问题清单', columns: PROBLEM_COLUMNS, rows: report.problems };
        return { name: '问题清单.xlsx', bytes: await writeSheets([sheet], { calendar }) };
      },
    }),
  };
}
