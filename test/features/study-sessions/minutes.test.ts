/** Minutes as a file: sent to the bot, given to a session, sent back, replaced, deleted. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse, type TestPerson } from '../../support/house.ts';

const BYTES = Buffer.from('%PDF-1.7 纪要');

async function record(person: TestPerson, topic: string, heldOn: string) {
  await person.says('登记学习');
  await person.presses('登记', {
    kind: 'themed-party-day',
    heldOn: `${heldOn} +0800`,
    host: '华若谷',
    topic,
    attendees: '38',
  });
}

async function open() {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await record(secretary, '参观警示教育基地', '2026-11-20');
  await record(secretary, '学习党章', '2026-10-20');
  await house.settles();
  const sessions = await house.app.db.sql<{ id: string; topic: string }>`
    SELECT id::text, topic FROM study_session WHERE state = 'recorded' ORDER BY "heldOn" DESC`;
  const [recent = { id: '', topic: '' }, older = { id: '', topic: '' }] = sessions;
  return { house, secretary, officer: house.person(SAMPLE_PEOPLE.officer), recent, older };
}

const toast = (content: string) => ({ toast: { content: expect.stringContaining(content) } });
const cardOf = (person: TestPerson, topic: string) =>
  person.sees().findLast((card) => card.includes('· 已登记') && card.includes(topic)) ?? '';

it('asks to which session the file belongs, newest first, keeps it, and gives it back', async () => {
  const { house, secretary, recent } = await open();
  await secretary.sends('主题党日<b>纪要.pdf', BYTES);
  const card = JSON.stringify(house.emulator.messagesOf(secretary.id).at(-1)?.content);
  expect(secretary.seesLast()).toContain('这是哪一次学习的纪要？');
  expect(secretary.seesLast()).toContain('主题党日<b>纪要.pdf');
  expect(card.indexOf('参观警示教育基地')).toBeLessThan(card.indexOf('学习党章'));
  expect(await secretary.presses('存入')).toMatchObject(toast('请先选择是哪一次学习'));
  expect(await secretary.presses('存入', { session: recent.id })).toMatchObject(
    toast('已存入：11月20日（周五）主题党日。'),
  );
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(secretary.seesLast()).toContain('纪要文件 · 已存入');
  expect(cardOf(secretary, '参观警示教育基地')).toContain('纪要文件：主题党日<b>纪要.pdf');
  expect(cardOf(secretary, '学习党章')).not.toContain('纪要文件');
  expect(await secretary.presses('查看文件')).toMatchObject(toast('纪要文件已发给您'));
  await house.settles();
  const [file] = await secretary.files();
  expect(file?.bytes).toEqual(BYTES);
  expect(JSON.stringify(house.logged)).not.toContain('纪要');
});

it('replaces and deletes, and keeps in the history what was there', async () => {
  const { house, secretary, recent } = await open();
  await secretary.sends('一稿.docx', BYTES);
  await secretary.presses('存入', { session: recent.id });
  await secretary.sends('二稿.docx', Buffer.from('二'));
  expect(await secretary.presses('存入', { session: recent.id })).toMatchObject(toast('原来的文件已替换'));
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(secretary.sees().some((card) => card.includes('已由新的文件替换') && card.includes('一稿.docx'))).toBe(true);
  expect(cardOf(secretary, recent.topic)).toContain('纪要文件：二稿.docx');
  expect(await house.app.db.sql`SELECT name FROM study_minutes_file WHERE bytes IS NOT NULL`).toEqual([
    { name: '二稿.docx' },
  ]);
  expect(await secretary.presses('删除文件')).toMatchObject(toast('纪要文件已删除'));
  await house.clockMovesTo('2026-11-23T10:10:00+08:00');
  const card = cardOf(secretary, recent.topic);
  expect(card).not.toContain('[查看文件]');
  expect(card).toContain('更换或删除了纪要文件，原为：二稿.docx');
  expect(card).toContain('更换或删除了纪要文件，原为：一稿.docx');
  expect(await house.app.db.sql`SELECT 1 FROM study_minutes_file WHERE bytes IS NOT NULL`).toEqual([]);
});

it('may be a photo, sent as a picture', async () => {
  const { house, secretary, recent } = await open();
  await secretary.sends('合影.png', BYTES);
  expect(await secretary.presses('存入', { session: recent.id })).toMatchObject(toast('已存入'));
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(cardOf(secretary, recent.topic)).toContain('纪要文件：照片.jpg');
  await secretary.presses('查看文件');
  await house.settles();
  expect(await secretary.files()).toEqual([{ name: '照片.jpg', bytes: BYTES }]);
});

it('is let go when nobody wants it, at once or after a week, and a late press says so', async () => {
  const { house, secretary, recent } = await open();
  await secretary.sends('一稿.docx', BYTES);
  expect(await secretary.presses('不存了')).toMatchObject(toast('没有存入，文件已删除'));
  expect(secretary.seesLast()).toContain('没有存入，文件已删除');
  await secretary.sends('二稿.docx', BYTES);
  await house.app.db.sql`UPDATE study_minutes_file SET state = 'discarded', bytes = NULL WHERE name = '二稿.docx'`;
  expect(await secretary.presses('存入', { session: recent.id })).toMatchObject(toast('没有存入，需要时请重新发送'));
  await secretary.sends('三稿.docx', BYTES);
  await house.clockMovesTo('2026-12-01T05:00:00+08:00');
  expect(await house.app.db.sql`SELECT DISTINCT state, bytes FROM study_minutes_file`).toEqual([
    { state: 'discarded', bytes: null },
  ]);
});

it('is refused when empty, larger than 20 MB, without a session, or from who records none', async () => {
  const { house, secretary, officer } = await open();
  await secretary.sends('大.pdf', Buffer.alloc(20 * 1024 * 1024 + 1));
  expect(secretary.seesLast()).toContain('纪要文件最大 20 MB');
  await officer.sends('纪要.pdf', BYTES);
  expect(officer.seesLast()).toContain('不能处理这个文件');
  await house.app.db.sql`UPDATE study_session SET state = 'deleted', identity = NULL`;
  await secretary.sends('纪要.pdf', BYTES);
  expect(secretary.seesLast()).toContain('还没有可以存放纪要的学习登记');
  expect(await house.app.db.sql`SELECT 1 FROM study_minutes_file`).toEqual([]);
});

it('goes to no session of another branch, and to nobody who may not see the session', async () => {
  const { house, secretary, recent } = await open();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await record(administrator, '机关学习', '2026-11-19');
  const [branch] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = '政治处党支部'`;
  await house.app.db
    .sql`UPDATE study_session SET "branchId" = ${branch?.id}::uuid, state = 'recorded' WHERE topic = '学习党章'`;
  const [foreign] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM study_session WHERE topic = '学习党章'`;
  await secretary.sends('纪要.pdf', BYTES);
  expect(await secretary.presses('存入', { session: foreign?.id ?? '' })).toMatchObject(
    toast('您只能办理本支部的学习，没有改动任何内容'),
  );
  await secretary.presses('存入', { session: recent.id });
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  await house.app.db.sql`UPDATE study_session SET "branchId" = ${branch?.id}::uuid WHERE id = ${recent.id}::uuid`;
  expect(await secretary.presses('查看文件')).toMatchObject(toast('您没有办理这件事的权限'));
  expect(await secretary.files()).toEqual([]);
});
