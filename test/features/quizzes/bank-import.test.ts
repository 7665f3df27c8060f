/** The question bank as a file: what comes out goes back in unchanged, and every bad row is named with its reason. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { takeBank } from '../../../src/features/quizzes/bank/import.ts';
import { type BankRow, bankPlan, readBankRow, writeBankRow } from '../../../src/features/quizzes/bank/rows.ts';
import { readSampleBank } from '../../../src/features/quizzes/bank/sample-bank.ts';
import { lists } from '../../../src/features/quizzes/lists.ts';
import type { ListOutcome, ListRow } from '../../../src/list.ts';
import { readSheets } from '../../../src/sheets/read-sheets.ts';
import { writeSheets } from '../../../src/sheets/write-sheets.ts';
import { type House, openHouse } from '../../support/house.ts';
import { asAdministrator, calendar } from './administrator.ts';
import { chooseWrong, reachSingleChoice } from './answering.ts';

const ROW = {
  ...{ kind: '单选', topic: '政治纪律', difficulty: '易', stem: '组织秘密集团的党员，给予什么处分？', key: 'B' },
  ...{ a: '警告', b: '开除党籍', explanation: '没有其他档次。', law: '中国共产党纪律处分条例' },
  ...{
    edition: '2023年12月修订',
    article: '第五十三条',
    effectiveFrom: '2024-01-01',
    basis: '组织秘密集团的，开除党籍。',
  },
} as BankRow;

const take = (house: House, rows: ListRow<BankRow>[]) => asAdministrator(house, (turn) => takeBank(turn, rows));
const numbered = (rows: BankRow[]) => rows.map((values, index) => ({ number: index + 2, values }));
const period = { firstDay: '2026-01-01', lastDay: '2026-12-31' };

/** The bank as a file, read back as a file is read. */
async function exportAndRead(house: House): Promise<ListRow<BankRow>[]> {
  const out = await asAdministrator(house, async (turn) => (await lists.题库.out?.rows(turn, period)) ?? []);
  const bytes = await writeSheets([{ ...bankPlan, rows: out as Partial<BankRow>[] }], { calendar });
  const read = await readSheets(bytes, { bank: bankPlan }, { calendar });
  expect(read.problems).toEqual([]);
  return read.rows.bank;
}

const NOTHING: Pick<ListOutcome, 'added' | 'changed' | 'problems'> = { added: 0, changed: 0, problems: [] };

it('says and reads a question alike, whatever its kind', () => {
  for (const question of readSampleBank().questions) {
    const row = writeBankRow({ ...question, state: 'active', comparedAt: null }) as BankRow;
    expect(readBankRow(row)).toEqual({ question, compared: false });
  }
});

it('comes out as a file that changes nothing when it goes back in, and one edited row changes one question', async () => {
  const house = await openHouse();
  const rows = await exportAndRead(house);
  expect(rows.length).toBe(readSampleBank().questions.length);
  expect(await take(house, rows)).toEqual({ ...NOTHING, same: rows.length });

  const edited = rows.map((row) =>
    row.values.id === 'pd-053-1' ? { ...row, values: { ...row.values, explanation: '条文没有规定其他档次。' } } : row,
  );
  expect(await take(house, edited)).toEqual({ ...NOTHING, changed: 1, same: rows.length - 1 });
  expect(await take(house, edited)).toEqual({ ...NOTHING, same: rows.length });
  const different = await house.app.db.sql<{ id: string }>`
    SELECT id FROM quiz_question WHERE explanation = '条文没有规定其他档次。'`;
  expect(different).toEqual([{ id: 'pd-053-1' }]);
});

it('retires a question whose words change and asks a new one in its place, once', async () => {
  const house = await openHouse();
  const rows = await exportAndRead(house);
  const edited = rows.map((row) =>
    row.values.id === 'pd-053-1' ? { ...row, values: { ...row.values, stem: '组织秘密集团的，应当怎样处分？' } } : row,
  );
  expect(await take(house, edited)).toMatchObject({ changed: 1, problems: [] });
  expect(await take(house, edited)).toEqual({ ...NOTHING, same: rows.length });
  const found = await house.app.db.sql<{ id: string; state: string }>`
    SELECT id, state FROM quiz_question WHERE id LIKE 'pd-053-1%' ORDER BY id`;
  expect(found).toEqual([
    { id: 'pd-053-1', state: 'retired' },
    { id: expect.stringMatching(/^pd-053-1-[0-9a-f]{10}$/), state: 'active' },
  ]);
  expect(await take(house, rows)).toMatchObject({
    changed: 0,
    problems: [{ column: 'id', reason: expect.stringContaining('已经停用或改过') }],
  });
});

it('grades everybody anew and tells them when a row changes a key', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('练习 生活纪律');
  const { question, wrong } = await reachSingleChoice(house, officer);
  await chooseWrong(house, officer);
  const chosen = question.options.find(({ text }) => text === wrong[0])?.id.toUpperCase() ?? '';
  const rows = (await exportAndRead(house)).map((row) =>
    row.values.id === question.id ? { ...row, values: { ...row.values, key: chosen } } : row,
  );
  expect(await take(house, rows)).toMatchObject({ changed: 1, problems: [] });
  await house.settles();
  expect(officer.seesLast()).toContain('这道题改判为答对，成绩已更新。');
});

it('marks what has been compared with the official text, and takes the mark back', async () => {
  const house = await openHouse();
  const rows = await exportAndRead(house);
  const mark = (compared: '是' | '否') =>
    rows.map((row, index) => (index < 3 ? { ...row, values: { ...row.values, compared } } : row));
  const count = async () => (await house.app.db.sql`SELECT 1 FROM quiz_question WHERE "comparedAt" IS NOT NULL`).length;
  expect(await take(house, mark('是'))).toMatchObject({ changed: 3, same: rows.length - 3 });
  expect(await count()).toBe(3);
  expect(await take(house, mark('是'))).toMatchObject({ changed: 0 });
  expect(await take(house, mark('否'))).toMatchObject({ changed: 3 });
  expect(await count()).toBe(0);
});

it('adds a row without a number once, however often it is read', async () => {
  const house = await openHouse();
  expect(await take(house, numbered([ROW]))).toMatchObject({ added: 1, problems: [] });
  expect(await take(house, numbered([ROW]))).toMatchObject({ added: 0, changed: 0, same: 1 });
  expect(await take(house, numbered([{ ...ROW, id: 'mine-1' }]))).toMatchObject({
    added: 0,
    problems: [{ row: 2, column: 'stem', reason: expect.stringContaining('题库里已有这道题，编号是q-') }],
  });
});

it('names each way in which a row may be wrong, by its column', () => {
  const wrong: [Partial<BankRow>, string, string][] = [
    [{ kind: '填空' }, 'kind', '题型要写单选、多选或判断'],
    [{ topic: '天文' }, 'topic', '主题要是其中之一'],
    [{ difficulty: '超难' }, 'difficulty', '难度要写易、中或难'],
    [{ stem: '短' }, 'stem', '题干要有4到200字'],
    [{ b: '警告' }, 'b', '与前面的选项重复'],
    [{ b: undefined }, 'b', '至少要有两个选项'],
    [{ a: undefined }, 'a', '选项要从A起连着填'],
    [{ c: '长'.repeat(61) }, 'c', '每个不超过60字'],
    [{ key: 'D' }, 'key', '答案要写选项的字母'],
    [{ key: 'BB' }, 'key', '答案要写选项的字母'],
    [{ key: 'AB' }, 'key', '单选和判断只能有一个正确答案'],
    [{ explanation: undefined }, 'explanation', '缺少解析'],
    [{ law: ' ' }, 'law', '没有出处'],
    [{ edition: '' }, 'edition', '没有出处'],
    [{ article: '' }, 'article', '没有出处'],
    [{ basis: '' }, 'basis', '没有出处'],
  ];
  for (const [change, column, reason] of wrong)
    expect(readBankRow({ ...ROW, ...change })).toEqual({
      problems: [{ column, reason: expect.stringContaining(reason) }],
    });
});

it('reads a thousand rows of which three in a hundred are bad, and names exactly those', async () => {
  const house = await openHouse();
  const bad: Partial<Record<keyof BankRow, string | null>>[] = [
    { law: null },
    { basis: null },
    { effectiveFrom: null },
    { effectiveFrom: '去年' },
    { key: 'E' },
    { key: null },
    { topic: '天文' },
    { b: '警告' },
    { stem: '题' },
    { kind: '问答' },
  ];
  const rows = Array.from({ length: 1_000 }, (_, index) => ({
    ...{ ...ROW, id: `row-${index}`, stem: `第${index}种情形给予什么处分？` },
    ...(index % 100 < 3 && bad[(Math.floor(index / 100) * 3 + (index % 100)) % bad.length]),
  }));
  const bytes = await writeSheets([{ ...bankPlan, rows: rows as Partial<BankRow>[] }], { calendar });
  const read = await readSheets(bytes, { bank: bankPlan }, { calendar });
  const outcome = await take(house, read.rows.bank);
  const named = [...read.problems, ...outcome.problems].map(({ row }) => row).sort((a, b) => Number(a) - Number(b));
  expect(named).toEqual(rows.flatMap((_, index) => (index % 100 < 3 ? [index + 2] : [])));
  expect(outcome).toMatchObject({ added: 970, changed: 0, same: 0 });
  expect(await take(house, read.rows.bank)).toMatchObject({ added: 0, changed: 0, same: 970 });
});
