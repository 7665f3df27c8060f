/** 撤回发布, 恢复原时间, 恢复任务: ten minutes to change one's mind. */
import { expect, it } from 'vitest';
import { openOffice, progressCard, taskCards } from './office.ts';

const jobs = async ({ house }: Awaited<ReturnType<typeof openOffice>>) =>
  (
    await house.app.db.sql<{ job: string; dueAt: Date }>`
      SELECT job, "dueAt" FROM pending_job WHERE feature = 'study-tasks' ORDER BY job, "dueAt"`
  ).map(({ job, dueAt }) => `${job} ${dueAt.toISOString()}`);

it('takes a publication back: cards vanish, the draft comes back, and it can be published once more', async () => {
  const office = await openOffice();
  const { house, secretary, officer, other } = office;
  await other.presses('我已完成');
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(progressCard(secretary)).toContain('[撤回发布]');
  expect(await secretary.presses('撤回发布')).toMatchObject({ toast: { type: 'success' } });
  await house.clockMovesTo('2026-11-23T10:04:00+08:00');

  for (const person of [officer, other]) expect(taskCards(person)).toEqual([]);
  expect(house.emulator.messagesOf(officer.id).filter(({ isRecalled }) => isRecalled)).toHaveLength(1);
  expect(progressCard(secretary)).toContain('已撤回');
  expect(progressCard(secretary)).toContain('已完成的1人有记录，重新发布后要再办一次。');
  expect(progressCard(secretary)).not.toMatch(/\[(?!投诉建议)/);
  expect(await jobs(office)).toEqual([]);
  const done = await house.app.db.sql`SELECT "personId" FROM part WHERE "doneAt" IS NOT NULL`;
  expect(done).toEqual([{ personId: other.id }]);

  expect(secretary.seesLast()).toContain('请于 12月4日（周五）18:00 前完成');
  await secretary.presses('确认发布（');
  await house.settles();
  for (const person of [officer, other]) {
    expect(taskCards(person)).toHaveLength(1);
    expect(taskCards(person).join()).toContain('[我已完成]');
  }
});

it('is done once, however often it is pressed', async () => {
  const { house, secretary } = await openOffice();
  const answers = await Promise.all([secretary.presses('撤回发布'), secretary.presses('撤回发布')]);
  expect(answers.map((answer) => (answer.ok ? answer.toast?.type : 'error')).sort()).toEqual(['success', 'warning']);
  const drafts = await house.app.db.sql`SELECT count(*)::int AS count FROM publication WHERE state = 'draft'`;
  expect(drafts).toEqual([{ count: 1 }]);
});

it('never sends what had not gone yet, also in quiet hours', async () => {
  const { house, secretary, officer } = await openOffice(undefined, { at: new Date('2026-11-23T22:00:00+08:00') });
  expect(taskCards(officer)).toEqual([]);
  await secretary.presses('撤回发布');
  await house.clockMovesTo('2026-11-24T09:00:00+08:00');
  await house.clockMovesTo('2026-12-04T09:00:00+08:00');
  expect(officer.sees()).toEqual([]);
  expect(await house.app.db.sql`SELECT 1 FROM daily_push WHERE "personId" = ${officer.id}`).toEqual([]);
});

it('turns cards to 已撤回 where the messenger does not recall them any more', async () => {
  const { house, secretary, officer } = await openOffice(undefined, { emulator: { recallWindowMs: 0 } });
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  await secretary.presses('撤回发布');
  await house.clockMovesTo('2026-11-23T10:04:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
  expect(taskCards(officer).join()).toContain('已撤回，无需再办');
  expect(taskCards(officer).join()).not.toContain('[我已完成]');
});

it('shows the way back for ten minutes and refuses it afterwards', async () => {
  const { house, secretary, officer } = await openOffice();
  await house.clockMovesTo('2026-11-23T10:08:00+08:00');
  expect(progressCard(secretary)).toContain('[撤回发布]');
  const card = house.emulator
    .messagesOf(secretary.id)
    .findLast(({ content }) => JSON.stringify(content).includes('· 进度'));
  const d = /"d":"([^"]+)"/.exec(JSON.stringify(card?.content))?.[1];
  await house.clockMovesTo('2026-11-23T10:11:30+08:00');
  await house.clockMovesTo('2026-11-23T10:13:00+08:00');
  expect(progressCard(secretary)).not.toContain('[撤回发布]');

  const late = { tag: 'button', value: { press: 'study-tasks/undo', act: 'publish', d } };
  expect(await house.emulator.press(secretary.id, card?.id ?? '', late)).toMatchObject({
    toast: { type: 'warning', content: '发布已超过十分钟，不能撤回。需要时请按“撤销”。' },
  });
  const other = { tag: 'button', value: { press: 'study-tasks/undo', act: 'withdraw', d } };
  expect(await house.emulator.press(secretary.id, card?.id ?? '', other)).toMatchObject({
    toast: { type: 'warning', content: '之后又有改动，这一步不能再恢复。' },
  });
  await house.settles();
  expect(taskCards(officer).join()).toContain('[我已完成]');
});

it('gives the old deadline and its timers back', async () => {
  const office = await openOffice();
  const { house, secretary, officer } = office;
  await house.clockMovesTo('2026-11-23T11:00:00+08:00');
  const before = await jobs(office);
  expect(before).toHaveLength(4);
  await secretary.presses('延期');
  await house.settles();
  await secretary.presses('确认延期', { dueAt: '2026-12-11 17:30 +0800' });
  await house.clockMovesTo('2026-11-23T11:02:00+08:00');
  expect(await jobs(office)).not.toEqual(before);
  expect(taskCards(officer).join()).toContain('12月11日（周五）17:30');

  expect(await secretary.presses('恢复原时间')).toMatchObject({
    toast: { type: 'success', content: '完成时间恢复为12月4日（周五）18:00。' },
  });
  await house.clockMovesTo('2026-11-23T11:04:00+08:00');
  expect(await jobs(office)).toEqual(before);
  expect(taskCards(officer).join()).toContain('12月4日（周五）18:00');
  expect(progressCard(secretary)).toContain('12月4日（周五）18:00');
  expect(progressCard(secretary)).not.toContain('[恢复原时间]');
  await house.clockMovesTo('2026-12-04T09:00:00+08:00');
  expect(taskCards(officer).length).toBeGreaterThan(1);
});

it('lets a withdrawn task stand again, also for those whose card had not gone yet', async () => {
  const office = await openOffice();
  const { house, secretary, officer, audience } = office;
  const away = house.person(audience.find((id) => id !== officer.id && id !== secretary.id) ?? '');
  const before = (await jobs(office)).filter((job) => !job.startsWith('close-undo'));
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(taskCards(officer).join()).toContain('已撤销，无需再办');

  await secretary.presses('恢复任务');
  await house.clockMovesTo('2026-11-23T10:04:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
  expect(taskCards(officer).join()).toContain('[我已完成]');
  expect(taskCards(away)).toHaveLength(1);
  expect(await jobs(office)).toEqual(before);
  expect(progressCard(secretary)).toContain('进行中');
  expect(await officer.presses('我已完成')).toMatchObject({ toast: { type: 'success' } });
});

it('sends after a restored withdrawal what quiet hours had held back', async () => {
  const { house, secretary, officer } = await openOffice(undefined, { at: new Date('2026-11-24T07:25:00+08:00') });
  expect(taskCards(officer)).toEqual([]);
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-11-24T07:32:00+08:00');
  expect(taskCards(officer)).toEqual([]);
  await secretary.presses('恢复任务');
  await house.clockMovesTo('2026-11-24T07:35:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
});
