/** 导出周报 as xlsx: every number with its definition, and the units side by side. */
import { fileMaker } from '../../../feature.ts';
import { writeSheets } from '../../../sheets/write-sheets.ts';
import { describeSpan } from '../cards.ts';
import { namePeriod } from '../compile/weeks.ts';
import { type MatterFigures, readDigest } from '../read-digest.ts';
import { RunRef } from '../schema.ts';

const NUMBERS = {
  scope: { header: '范围', kind: 'text', width: 22 },
  section: { header: '板块', kind: 'text', width: 14 },
  label: { header: '指标', kind: 'text', width: 16 },
  count: { header: '本期', kind: 'number' },
  before: { header: '上期', kind: 'number' },
  unit: { header: '单位', kind: 'text', width: 8 },
  definition: { header: '口径', kind: 'text', width: 60 },
} as const;
const BARS = {
  name: { header: '单位', kind: 'text', width: 22 },
  label: { header: '情况', kind: 'text', width: 16 },
  count: { header: '人次', kind: 'number' },
} as const;

export const sheetFile = (matterFigures: MatterFigures) =>
  fileMaker({
    ref: RunRef,
    action: 'digest.read',
    matter: 'anywhere',
    make: async (db, { run }, viewer) => {
      const view = await readDigest(db, matterFigures, run, viewer.who, viewer);
      if (!view) return undefined;
      const rows = view.scopes.flatMap(({ group, chapters }) =>
        chapters.flatMap(({ title, figures }) =>
          figures.map(({ label, count, before, unit, definition }) => {
            return { scope: group.name, section: title, label, count, before, unit, definition };
          }),
        ),
      );
      const bars = (view.chart?.bars ?? []).flatMap(({ name, counts }) => counts.map((one) => ({ name, ...one })));
      const name = `${view.scopes[0]?.group.name ?? ''}${namePeriod(view.run.name, viewer.calendar.dayOf(viewer.now))}`;
      const bytes = await writeSheets(
        [
          { name: '数字', columns: NUMBERS, rows, note: `${name}工作周报，${describeSpan(view, viewer)}` },
          { name: '分布', columns: BARS, rows: bars, note: view.chart?.title ?? '本期没有分布数据' },
        ],
        viewer,
      );
      return { name: `${name}周报.xlsx`, bytes };
    },
  });
