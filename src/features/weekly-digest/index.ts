/** The weekly digest: compiled by workers on the last workday, read by a leader in half a minute. */

import { button, type Feature, job } from '../../feature.ts';
import { PageValue } from '../../pager.ts';
import { actions } from './actions.ts';
import * as cards from './cards.ts';
import { compileSection, type Sections, startWeek } from './compile/compile.ts';
import { writeLetters } from './compile/letters.ts';
import { sheetFile } from './export/export-sheet.ts';
import { wordFile } from './export/export-word.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';
import { rowsCard, rowsFile } from './rows.ts';
import * as runs from './runs.ts';
import * as schema from './schema.ts';
import { DigestSettings } from './settings.ts';

/** The digest over the sections of all `others`. */
export function weeklyDigest(others: Feature[]): Feature {
  const sections: Sections = new Map(others.flatMap(({ name, digest }) => (digest ? [[name, digest]] : [])));
  const matterFigures = new Map([...sections].map(([name, { matters }]) => [name, matters?.figure ?? '']));
  return {
    name: 'weekly-digest',
    called: '一周工作',
    actions,
    settings: [DigestSettings],
    hears,
    commands: {
      read: {
        words: ['周报', '工作周报'],
        listens: ['digest.read'],
        help: { under: 'look', does: '看自己负责范围的周报，点开看明细', example: '周报' },
        action: 'digest.read',
        handle: (turn, typed) => handlers.showDigest(turn, sections, handlers.periodIn(turn, typed)),
      },
      export: {
        words: ['导出周报'],
        listens: ['digest.export'],
        help: { under: 'look', does: '把周报导出为Word文档和表格', example: '导出周报' },
        action: 'digest.read',
        handle: (turn, typed) => handlers.exportSaid(turn, handlers.periodIn(turn, typed)),
      },
      runs: {
        words: ['周报记录'],
        listens: ['digest.runs'],
        help: { under: 'set', does: '看每期周报何时发给谁，单独补发', example: '周报记录' },
        action: 'digest.run',
        handle: runs.showRuns,
      },
    },
    buttons: {
      figures: button({
        value: schema.ScopeValue,
        action: 'digest.read',
        on: ['digest'],
        handle: handlers.openFigures,
      }),
      rows: button({
        value: schema.RowsValue,
        action: 'digest.read',
        on: ['digest', 'figures'],
        handle: handlers.openRows,
      }),
      'rows-page': button({ value: PageValue, action: 'digest.read', on: ['rows'], handle: handlers.turnRowsPage }),
      download: button({ action: 'digest.read', on: ['rows'], handle: handlers.downloadRows }),
      export: button({ value: schema.RunValue, action: 'digest.read', on: ['digest'], handle: handlers.exportPressed }),
      'open-run': button({ value: schema.RunValue, action: 'digest.run', on: ['runs'], handle: runs.openRun }),
      'send-one': button({ action: 'digest.run', on: ['run'], handle: runs.sendOne }),
    },
    jobs: {
      start: job({ payload: schema.Tick, handle: (turn, { slot }) => startWeek(turn, sections, slot) }),
      compile: job({ payload: schema.SectionPayload, handle: (turn, value) => compileSection(turn, sections, value) }),
      write: job({ payload: schema.WritePayload, handle: writeLetters }),
    },
    timetable: [
      {
        name: 'week',
        cron: (settings) => dailyAt(settings(DigestSettings).DIGEST_AT),
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
    sentOut: runs.findSentOut,
    undeliverable: runs.noteUndeliverable,
  };
}

/** A time of day, `17:07`, as a cron expression. */
function dailyAt(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour} * * *`;
}
