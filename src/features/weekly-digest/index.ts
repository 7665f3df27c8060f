/** The weekly digest: compiled by workers on the last workday, read by a leader in half a minute. */
import { button, type Feature, job } from '../../feature.ts';
import * as cards from './cards.ts';
import { compileSection, type Sections, startWeek } from './compile.ts';
import { sheetFile } from './export-sheet.ts';
import { wordFile } from './export-word.ts';
import * as handlers from './handlers.ts';
import { writeLetters } from './letters.ts';
import { rowsCard, rowsFile } from './rows.ts';
import * as runs from './runs.ts';
import * as schema from './schema.ts';

/** The digest over the sections of all `others`. */
export function weeklyDigest(others: Feature[]): Feature {
  const sections: Sections = new Map(others.flatMap(({ name, digest }) => (digest ? [[name, digest]] : [])));
  const matterFigures = new Map([...sections].map(([name, { matters }]) => [name, matters?.figure ?? '']));
  return {
    name: 'weekly-digest',
    commands: {
      read: {
        words: ['周报', '工作周报'],
        help: { does: '看自己负责范围的周报，点开看明细', example: '周报' },
        action: 'digest.read',
        handle: (turn, { rest }) => handlers.showDigest(turn, sections, rest),
      },
      export: {
        words: ['导出周报'],
        help: { does: '把周报导出为Word文档和表格', example: '导出周报' },
        action: 'digest.read',
        handle: (turn, { rest }) => handlers.exportSaid(turn, rest),
      },
      runs: {
        words: ['周报记录'],
        help: { does: '看每期周报何时发给谁，单独补发', example: '周报记录' },
        action: 'digest.run',
        handle: runs.showRuns,
      },
    },
    buttons: {
      figures: button({ value: schema.ScopeValue, action: 'digest.read', handle: handlers.openFigures }),
      rows: button({ value: schema.RowsValue, action: 'digest.read', handle: handlers.openRows }),
      'rows-page': button({ value: schema.PageValue, action: 'digest.read', handle: handlers.turnPage }),
      download: button({ value: schema.NoValue, action: 'digest.read', handle: handlers.downloadRows }),
      export: button({ value: schema.RunValue, action: 'digest.read', handle: handlers.exportPressed }),
      'open-run': button({ value: schema.RunValue, action: 'digest.run', handle: runs.openRun }),
      'send-one': button({ value: schema.NoValue, action: 'digest.run', handle: runs.sendOne }),
    },
    jobs: {
      start: job({ payload: schema.Tick, handle: (turn, { slot }) => startWeek(turn, sections, slot) }),
      compile: job({ payload: schema.SectionPayload, handle: (turn, value) => compileSection(turn, sections, value) }),
      write: job({ payload: schema.WritePayload, handle: writeLetters }),
    },
    timetable: [
      {
        name: 'week',
        cron: ({ digestAt }) => `${Number(digestAt.slice(3))} ${Number(digestAt.slice(0, 2))} * * *`,
        job: 'start',
        onlyOnWorkdays: true,
      },
    ],
    cards: {
      digest: cards.digestCard(matterFigures),
      figures: cards.figuresCard(matterFigures),
      reply: cards.replyCard,
      rows: rowsCard(sections),
      runs: runs.runsCard,
      run: runs.runCard,
    },
    files: { word: wordFile(matterFigures), sheet: sheetFile(matterFigures), 'rows-sheet': rowsFile(sections) },
    replied: (turn, to, text) => handlers.takeReply(turn, matterFigures, to, text),
    undeliverable: runs.noteUndeliverable,
  };
}
