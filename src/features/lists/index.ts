/** 名单: every list of every feature in and out as xlsx, with a preview before anything is written. */

import { button, type Feature, type Job, job, type Turn } from '../../feature.ts';
import { actions } from './actions.ts';
import { exportFailed, importCard } from './cards.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import * as exports from './export-handlers.ts';
import { createFiles } from './files.ts';
import { hears, lends } from './hearing.ts';
import * as imports from './import-handlers.ts';
import { ExportPayload, ImportPayload } from './schema.ts';

/** Lists over what all `others` declare. */
export function lists(others: Feature[]): Feature {
  const catalogue = createCatalogue(others);
  return {
    name: 'lists',
    called: '表格',
    actions,
    hears,
    lends,
    commands: {
      export: {
        words: ['导出'],
        listens: ['export'],
        help: { under: 'look', does: '把台账和名单导出为表格', example: '导出本月' },
        action: 'lists.export',
        handle: (turn, typed) => exports.askForExport(catalogue, turn, typed),
      },
      template: {
        words: ['导入模板', '模板', '导入'],
        listens: ['import.template'],
        help: { under: 'record', does: '要空白表格，填好发回来就能导入', example: '导入模板' },
        action: 'lists.import',
        handle: (turn) => exports.sendTemplate(catalogue, turn),
      },
    },
    uploads: {
      table: {
        accepts: ({ name }) => imports.TABLE_NAME.test(name),
        help: '.xlsx 表格（导入名单和台账，先预览再确认）',
        action: 'lists.import',
        handle: imports.receiveTable,
      },
    },
    buttons: {
      confirm: button({
        action: 'lists.import',
        on: ['import'],
        handle: (turn) => imports.confirmImport(catalogue, turn),
      }),
      cancel: button({ action: 'lists.import', on: ['import'], handle: imports.cancelImport }),
    },
    jobs: {
      read: jobOver(catalogue, (raw) => ImportPayload.parse(raw).import, imports.readImport),
      import: jobOver(catalogue, (raw) => ImportPayload.parse(raw).import, imports.runImport),
      export: jobOver(catalogue, (raw) => ExportPayload.parse(raw).export, exports.makeExport),
      forget: job({ handle: imports.forgetImports }),
    },
    timetable: [{ name: 'forget', cron: '17 4 * * *', job: 'forget' }],
    cards: { import: importCard, 'export-failed': exportFailed },
    files: createFiles(catalogue),
  };
}

/** A job that lets other features work, each in its own turn of the one transaction. */
function jobOver(
  catalogue: Catalogue,
  readId: (raw: unknown) => string,
  handle: (catalogue: Catalogue, turn: Turn, turnOf: (feature: string) => Turn, id: string) => Promise<void>,
): Job {
  return {
    prepare: async (raw) => {
      const id = readId(raw);
      return (turn, turnOf) => handle(catalogue, turn, turnOf, id);
    },
  };
}
