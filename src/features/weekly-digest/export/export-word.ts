/** 导出周报 as a Word document, laid out as official documents are: GB/T 9704-2012. */
import type { IParagraphOptions, Paragraph } from 'docx';
import { formatDay } from '../../../calendar/format.ts';
import { fileMaker, type Viewer } from '../../../feature.ts';
import { describeCorrections, describeDelta, describeSpan } from '../cards.ts';
import { namePeriod } from '../compile/weeks.ts';
import { type DigestView, type MatterFigures, readDigest } from '../read-digest.ts';
import { RunRef } from '../schema.ts';

export const wordFile = (matterFigures: MatterFigures) =>
  fileMaker({
    ref: RunRef,
    action: 'digest.read',
    matter: 'anywhere',
    make: async (db, { run }, viewer) => {
      const view = await readDigest(db, matterFigures, run, viewer.who, viewer);
      if (!view) return undefined;
      const period = namePeriod(view.run.name, viewer.calendar.dayOf(viewer.now));
      const name = `${view.scopes[0]?.group.name ?? ''}${period}`;
      return {
        name: `${name}周报.docx`,
        bytes: await layOut(`${name}工作周报`, writeText(view, viewer), signature(view, viewer)),
      };
    },
  });

/** A line of the text: title levels 一、（一） and 1., and plain paragraphs. */
export type Line = { level: 1 | 2 | 3 | 'body'; text: string };

const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The digest in words. */
export function writeText(view: DigestView, viewer: Viewer): Line[] {
  const { scopes, matters, chart, against } = view;
  const lines: Line[] = [{ level: 'body', text: `统计时间：${describeSpan(view, viewer)}。` }];
  if (view.missing.length > 0)
    lines.push({ level: 'body', text: `本期暂缺${view.missing.join('、')}，补齐后请重新导出。` });
  let part = 0;
  const begin = (text: string) => {
    lines.push({ level: 1, text: `${CHINESE[part] ?? part + 1}、${text}` });
    part += 1;
  };
  for (const { group, chapters } of scopes) {
    begin(`${group.name}总体情况`);
    for (const [index, { title, figures, ratios }] of chapters.entries()) {
      lines.push({ level: 2, text: `（${CHINESE[index] ?? index + 1}）${title}` });
      const counts = figures.map(
        (figure) => `${figure.label}${figure.count}${figure.unit}（${describeDelta(figure, against)}）`,
      );
      lines.push({
        level: 'body',
        text: `${[...counts, ...ratios.map(({ label, text }) => `${label}${text}`)].join('，')}。`,
      });
    }
  }
  begin('需要关注的事项');
  if (matters.length === 0) lines.push({ level: 'body', text: '本期没有需要处理的事项。' });
  for (const [index, { title, words }] of matters.entries())
    lines.push({ level: 3, text: `${index + 1}. ${title}，${words}。` });
  if (chart) {
    begin('分布情况');
    for (const { name, counts } of chart.bars)
      lines.push({
        level: 'body',
        text: `${name}：${counts.map(({ label, count }) => `${label}${count}`).join('，')}。`,
      });
  }
  const corrections = describeCorrections(view);
  if (corrections.length > 0) {
    begin('数据更正');
    lines.push(...corrections.map((text): Line => ({ level: 'body', text: `${text}。` })));
  }
  begin('统计口径');
  for (const { title, figures } of scopes[0]?.chapters ?? []) {
    for (const { label, definition } of figures)
      lines.push({ level: 'body', text: `${title}“${label}”：${definition}` });
  }
  return lines;
}

function signature({ run, scopes }: DigestView, viewer: Viewer): string[] {
  const day = formatDay(viewer.calendar.dayOf(run.until), { ...viewer, now: new Date(0) });
  return [scopes[0]?.group.name ?? '', day.replace(/（.*$/, '')];
}

/** Sizes in half-points: 二号 22 pt, 三号 16 pt, 四号 14 pt. */
const SIZE = { title: 44, body: 32, page: 28 };
/** Twentieths of a point. A line is 28 pt, so that 22 of them fill a page; a paragraph begins two characters in. */
const LINE = 28 * 20;
const INDENT = 2 * 16 * 20;
/** Twentieths of a point in a centimetre. */
const CM = 567;

/** Each font of the standard, and what a machine without it shows instead. */
const FONTS = {
  title: ['方正小标宋简体', '小标宋体', '宋体'],
  body: ['仿宋_GB2312', '仿宋', 'FangSong'],
  1: ['黑体', 'SimHei'],
  2: ['楷体_GB2312', '楷体', 'KaiTi'],
  3: ['仿宋_GB2312', '仿宋', 'FangSong'],
  page: ['宋体', 'SimSun'],
} as const;

/**
 * The document. Margins 37, 35, 28 and 26 mm (top, bottom, left, right), which leave 156 × 225 mm for 22 lines of 28 characters; title
 * in 小标宋 二号, text in 仿宋 三号, levels 一、 in 黑体, （一） in 楷体; page number in 宋体 四号 between dashes, outside: right on odd
 * pages, left on even ones (GB/T 9704-2012, 5.2 and 7).
 */
async function layOut(title: string, lines: Line[], signature: string[]): Promise<Buffer> {
  // Large, and needed once a week: not loaded with everything else.
  const docx = await import('docx');
  const { AlignmentType, LineRuleType, TextRun } = docx;
  const font = ([name]: readonly string[]) => ({
    ascii: 'Times New Roman',
    hAnsi: 'Times New Roman',
    eastAsia: name ?? '',
    cs: name ?? '',
  });
  const paragraph = (
    text: string,
    fonts: readonly string[],
    size: number,
    options: IParagraphOptions = {},
  ): Paragraph =>
    new docx.Paragraph({
      spacing: { line: LINE, lineRule: LineRuleType.EXACT },
      ...options,
      children: [new TextRun({ text, font: font(fonts), size })],
    });
  const pageNumber = (alignment: 'left' | 'right') =>
    new docx.Footer({
      children: [
        new docx.Paragraph({
          alignment,
          indent: alignment === 'left' ? { left: INDENT / 2 } : { right: INDENT / 2 },
          children: [
            new TextRun({ children: ['— ', docx.PageNumber.CURRENT, ' —'], font: font(FONTS.page), size: SIZE.page }),
          ],
        }),
      ],
    });
  const document = new docx.Document({
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 3.7 * CM, bottom: 3.5 * CM, left: 2.8 * CM, right: 2.6 * CM, footer: 2.8 * CM - 7 * 57 },
          },
        },
        footers: { default: pageNumber('right'), even: pageNumber('left') },
        children: [
          paragraph(title, FONTS.title, SIZE.title, { alignment: AlignmentType.CENTER }),
          paragraph('', FONTS.body, SIZE.body),
          ...lines.map(({ level, text }) =>
            paragraph(text, FONTS[level], SIZE.body, { indent: { firstLine: INDENT }, alignment: AlignmentType.BOTH }),
          ),
          paragraph('', FONTS.body, SIZE.body),
          ...signature.map((text) =>
            paragraph(text, FONTS.body, SIZE.body, { alignment: AlignmentType.RIGHT, indent: { right: 2 * INDENT } }),
          ),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable() }]);
}

/** The font table, in which Word looks up what stands for a font that the machine lacks (ECMA-376, 17.8.3.1, altName). */
function fontTable(): string {
  const fonts = [...new Map(Object.values(FONTS).map(([name, ...others]) => [name, others.join(',')]))].map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join('')}</w:fonts>`;
}
