/** The exported digest: a Word document in the layout of GB/T 9704, and the sheet with the same numbers. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openZip } from '../../../src/sheets/xlsx/zip.ts';
import { openHouse } from '../../support/house.ts';
import { writeWeek } from './sample-weeks.ts';

async function readPart(bytes: Buffer, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of openZip(bytes).read(name)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

it('is laid out as an official document and says what the card says', async () => {
  const house = await openHouse();
  await writeWeek(house.app.db, 1, '2026-11-23');
  await house.app.db
    .sql`UPDATE study_task t SET topic = topic || ' <&>' FROM publication b WHERE b.id = t.id AND audience @> '{"places": [{"kind": "detachment"}]}'`;
  await house.clockMovesTo('2026-11-27T17:08:00+08:00');
  const chief = house.person(SAMPLE_PEOPLE.chief);
  const card = chief.seesLast();
  await chief.says('导出周报 2026-W48');
  const files = await chief.files();
  expect(files.map(({ name }) => name).sort()).toEqual([
    '澄岭市公安局交通警察支队第48周周报.docx',
    '澄岭市公安局交通警察支队第48周周报.xlsx',
  ]);
  const word = files.find(({ name }) => name.endsWith('.docx'))?.bytes ?? Buffer.alloc(0);
  const text = await readPart(word, 'word/document.xml');

  // A4 with margins of 37, 35, 28 and 26 mm, in twentieths of a point.
  expect(text).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
  const margin = (side: string) => Number(new RegExp(`<w:pgMar[^>]*w:${side}="([\\d.]+)"`).exec(text)?.[1]) / 56.7;
  expect(['top', 'bottom', 'left', 'right'].map((side) => Math.round(margin(side)))).toEqual([37, 35, 28, 26]);
  // Title in 小标宋 二号, text in 仿宋 三号, levels in 黑体 and 楷体, lines of 28 points.
  const paragraphs = [...text.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([xml]) => ({
    words: [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(''),
    font: /w:eastAsia="([^"]+)"/.exec(xml)?.[1],
    size: Number(/<w:sz w:val="(\d+)"/.exec(xml)?.[1]) / 2,
    line: /w:line="(\d+)"[^>]*w:lineRule="exact"/.exec(xml)?.[1],
  }));
  const look = (start: string) => paragraphs.find(({ words }) => words.startsWith(start));
  expect(look('澄岭市公安局交通警察支队第48周工作周报')).toMatchObject({
    font: '方正小标宋简体',
    size: 22,
    line: '560',
  });
  expect(look('一、')).toMatchObject({ font: '黑体', size: 16, line: '560' });
  expect(look('（一）学习任务')).toMatchObject({ font: '楷体_GB2312', size: 16 });
  expect(look('1. ')).toMatchObject({ font: '仿宋_GB2312', size: 16 });
  expect(look('统计时间：11月20日（周五）17:07 至 11月27日（周五）17:07。')).toMatchObject({
    font: '仿宋_GB2312',
    size: 16,
  });
  expect(paragraphs.at(-1)?.words).toBe('2026年11月27日');
  expect(text).not.toMatch(/<&>/);
  // Fonts have stand-ins, and pages are numbered — 1 — outside.
  expect(await readPart(word, 'word/fontTable.xml')).toContain(
    '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/>',
  );
  const footers = openZip(word).names.filter((name) => /footer\d\.xml$/.test(name));
  const pages = await Promise.all(footers.map((name) => readPart(word, name)));
  expect(pages.map((page) => /<w:jc w:val="(\w+)"/.exec(page)?.[1]).sort()).toEqual(['left', 'right']);
  expect(pages[0]).toMatch(/— .*PAGE.* —/s);
  // The same numbers as on the card.
  const done = /完成任务\n(\d+人次)\n(.+)\n/.exec(card);
  expect(look('完成任务')?.words).toContain(`完成任务${done?.[1]}（${done?.[2]}）`);
});
