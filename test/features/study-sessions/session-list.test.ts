/** 学习台账 as xlsx, through the chat: out, edited, in again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/basics/text.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { addSession } from '../../../src/features/study-sessions/ledger/queries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { confirmImport, lastFile, readTable, workbook } from '../lists/workbooks.ts';

const HEADER = ['编号', '类型', '日期', '开展单位', '主持人', '主题', '议程', '参加人数', '参加人员', '会议纪要'];
const BRANCH = '一大队党支部';

async function open() {
  const house = await openHouse();
  const [branch] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = ${BRANCH}`;
  return {
    house,
    branchId: branch?.id ?? '',
    secretary: house.person(SAMPLE_PEOPLE.secretary),
    administrator: house.person(SAMPLE_PEOPLE.administrator),
  };
}

const row = (changes: Record<number, string> = {}) =>
  Object.assign(
    ['', '主题党日', '2026-11-20', BRANCH, '华若谷', '参观警示教育基地', '重温誓词', '', '赵一、钱二', ''],
    changes,
  );

const ledger = (house: House) =>
  house.app.db.sql<{ topic: string; host: string; attendees: number; names: string[]; minutes: string }>`
    SELECT topic, host, attendees, names, minutes FROM study_session WHERE state = 'recorded' ORDER BY topic`;

describe('the ledger as a list', () => {
  it('comes in with names or a number, and the same sessions again change nothing', async () => {
    const { house, secretary } = await open();
    const rows = [row(), row({ 5: '学习党章', 7: '38', 8: '' })];
    const bytes = await workbook({ 学习台账: [HEADER, ...rows] });
    await secretary.sends('台账.xlsx', bytes);
    expect(secretary.seesLast()).toContain('新增 2 · 更改 0 · 不变 0 · 有问题 0');
    await confirmImport(house, secretary);
    expect(await ledger(house)).toMatchObject([
      { topic: '参观警示教育基地', attendees: 2, names: ['赵一', '钱二'] },
      { topic: '学习党章', attendees: 38, names: [] },
    ]);
    await secretary.sends('台账.xlsx', bytes);
    expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 2 · 有问题 0');
    // The same session without its number is known by holder, kind, day and topic.
    await secretary.sends('台账.xlsx', await workbook({ 学习台账: [HEADER, row({ 4: '程立山' })] }));
    expect(secretary.seesLast()).toContain('新增 0 · 更改 1 · 不变 0 · 有问题 0');
    await confirmImport(house, secretary);
    expect((await ledger(house)).map(({ host }) => host)).toEqual(['程立山', '华若谷']);
    const changes = await house.app.db.sql`SELECT what, "changedById" FROM study_session_change`;
    expect(changes).toEqual([{ what: 'corrected', changedById: secretary.id }]);
  });

  it('is edited by its number, even where the topic changes', async () => {
    const { house, secretary } = await open();
    await secretary.sends('台账.xlsx', await workbook({ 学习台账: [HEADER, row(), row({ 5: '学习党章' })] }));
    await confirmImport(house, secretary);
    await secretary.says('导出2026年第四季度学习台账');
    const table = await readTable((await lastFile(secretary)).bytes, '学习台账');
    const idOf = (topic: string) => String(table.find((cells) => cells.includes(topic))?.[0]);
    const rows = [row({ 0: idOf('参观警示教育基地'), 5: '参观英模馆' }), row({ 0: idOf('学习党章'), 5: '学习党章' })];
    await secretary.sends('台账.xlsx', await workbook({ 学习台账: [HEADER, ...rows] }));
    expect(secretary.seesLast()).toContain('新增 0 · 更改 1 · 不变 1 · 有问题 0');
    await confirmImport(house, secretary);
    expect((await ledger(house)).map(({ topic }) => topic)).toEqual(['参观英模馆', '学习党章']);
  });

  it('refuses other branches, unknown numbers, days to come, twins and what a form would refuse', async () => {
    const { house, secretary, administrator } = await open();
    await administrator.sends('台账.xlsx', await workbook({ 学习台账: [HEADER, row({ 3: '政治处党支部' })] }));
    await confirmImport(house, administrator);
    const [foreign] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM study_session`;
    const rows = [
      row(),
      row({ 3: '政治处党支部' }),
      row({ 0: foreign?.id ?? '' }),
      row({ 0: '00000000-0000-4000-8000-000000000000' }),
      row({ 2: '2026-12-20' }),
      row({ 1: '理论学习中心组学习' }),
      row({ 1: '团建' }),
      row({ 7: '5' }),
      row({ 4: '程立山' }),
      row({ 5: '' }),
    ];
    await secretary.sends('台账.xlsx', await workbook({ 学习台账: [HEADER, ...rows] }));
    const preview = secretary.seesLast();
    expect(preview).toContain('新增 1 · 更改 0 · 不变 0 · 有问题 9');
    for (const words of [
      '第 3 行 D 列（开展单位）：没有这个单位，或者不是您负责的支部',
      '第 4 行 A 列（编号）：这个编号是其他支部的登记',
      '第 5 行 A 列（编号）：台账里没有这个编号',
      '第 6 行：日期还没有到',
      '第 7 行 B 列（类型）：这个单位不开展这类学习',
      '第 8 行 B 列（类型）：只能填',
      '第 9 行：名单里有2人，人数填的是5人',
      '第 10 行：与第 2 行是同一次学习，内容不同',
      '第 11 行 F 列（主题）：没有填写',
    ])
      expect(preview).toContain(words);
  });

  it('comes out and goes in again without a change, whatever stands in it', async () => {
    const { house, secretary, branchId } = await open();
    const nasty = fc.constantFrom(
      '=1+1',
      '+86',
      '-',
      '@SUM(A1)',
      "'=x",
      "'",
      '_x000D_',
      '<b>&"',
      '第一\n第二',
      '１／２',
      '1e5',
      '2026-11-01',
    );
    // As it comes in through the port: without what nobody sees.
    const text = fc
      .tuple(
        fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 20 })),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
      )
      .map((parts) => cleanText(parts.join('')).trim());
    const name = fc.stringMatching(/^[赵钱孙李周·A-Za-z']{1,8}$/);
    const session = fc.record({
      host: text,
      agenda: text,
      minutes: text,
      topic: text,
      names: fc.array(name, { minLength: 1, maxLength: 5 }),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(session, { minLength: 1, maxLength: 15 }), async (sessions) => {
        await house.app.db.transaction(async (db) => {
          for (const { host, topic, ...rest } of sessions) {
            count += 1;
            const held = {
              branchId,
              kind: 'party-lecture',
              heldOn: '2026-10-09',
              attendees: rest.names.length,
            } as const;
            const made = { ...rest, ...held, host: host || '华', topic: `${topic}${count}号` };
            await addSession(db, made, secretary.id, new Date('2026-10-09T12:00:00Z'));
          }
        });
        await secretary.says('导出10月学习台账');
        const file = await lastFile(secretary);
        await secretary.sends(file.name, file.bytes);
        expect(secretary.seesLast()).toContain(`新增 0 · 更改 0 · 不变 ${count} · 有问题 0`);
      }),
      { numRuns: 8 },
    );
  });
});
