/** The files that people are given: an export, the empty sheets, and the list of what could not be imported. */
import type { FileMaker } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { type WriteSheet, writeSheets } from '../../sheets/write-sheets.ts';
import { type Catalogue, nameLists, requiredHeaders } from './catalogue.ts';
import { findExport, findExportBytes, findImport } from './queries.ts';

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
    export: {
      make: async (db, id, { person }) => {
        const row = await findExport(db, id);
        const bytes = await findExportBytes(db, id);
        if (!row || !bytes || row.personId !== person) return undefined;
        const entries = catalogue.all.filter(({ key }) => row.lists.includes(key));
        const title = entries.length === 1 ? nameLists(entries) : '导出';
        return { name: `${title}_${row.firstDay}至${row.lastDay}.xlsx`, bytes };
      },
    },
    template: {
      make: async (db, id, { now, calendar }) => {
        const person = await findPerson(db, id, now);
        const entries = person ? catalogue.importable(person) : [];
        if (entries.length === 0) return undefined;
        const sheets = entries.map(({ list: { plan } }): WriteSheet => {
          const note = `必填：${requiredHeaders(plan).join('、')}。日期写成 2026-11-27，时间写成 08:30。填好后把这个文件发给机器人，核对后再确认导入；不用的工作表可以删去。`;
          return { name: plan.name, columns: plan.columns, rows: [], note };
        });
        return { name: '导入模板.xlsx', bytes: await writeSheets(sheets, { calendar }) };
      },
    },
    problems: {
      make: async (db, id, { person, calendar }) => {
        const row = await findImport(db, id);
        const report = row?.result ?? row?.preview;
        if (!report || row?.personId !== person) return undefined;
        const sheet = { name: '问题清单', columns: PROBLEM_COLUMNS, rows: report.problems };
        return { name: '问题清单.xlsx', bytes: await writeSheets([sheet], { calendar }) };
      },
    },
  };
}
