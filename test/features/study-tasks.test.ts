/** The first conversation, as people have it: a secretary's sentence becomes cards that officers finish. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { post, seal, sign } from '../messenger/feishu-push.ts';
import { type House, MONDAY_MORNING, openHouse, type TestPerson } from '../support/house.ts';

const SENTENCE =
  '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a';

/** A house in which the secretary has published the sentence. */
async function openWithTask(
  sentence = SENTENCE,
): Promise<{ house: House; secretary: TestPerson; officer: TestPerson }> {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(sentence);
  await secretary.presses('确认发布');
  await house.settles();
  return { house, secretary, officer: house.person(SAMPLE_PEOPLE.officer) };
}

/** Everybody of the sample's audience but the secretary. */
async function audienceOf(house: House): Promise<string[]> {
  const rows = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM person p JOIN branch b ON b.id = p."branchId" WHERE b.name = '一大队党支部' AND p.politics IN ('member', 'probationary') ORDER BY p.id`;
  return rows.map(({ id }) => id);
}

const progressOf = (secretary: TestPerson) => secretary.sees().findLast((card) => card.includes('· 进度')) ?? '';
const taskCardsOf = (person: TestPerson) =>
  person.sees().filter((card) => card.includes('第一议题学习') && card.includes('发给：'));

it('shows a preview with the exact date and the head-count, and sends nothing before it is confirmed', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const audience = await audienceOf(house);

  await secretary.says(SENTENCE);

  const preview = secretary.seesLast();
  expect(preview).toContain('请于 12月4日（周五）18:00 前完成');
  expect(preview).toContain('第一议题学习');
  expect(preview).toContain('学习党的二十届四中全会精神');
  expect(preview).toContain('https://example.gov.cn/a');
  expect(preview).toContain(`一大队党支部全体党员，共${audience.length}人`);
  expect(preview).toContain(`[确认发布（${audience.length}人）]`);
  expect(preview).toContain('[取消]');
  for (const id of audience.filter((one) => one !== secretary.id)) expect(house.person(id).sees()).toEqual([]);
});

it('corrects the deadline with the picker, and refuses one in the past', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(SENTENCE);

  expect(await secretary.picks('2026-11-20 18:00 +0800')).toMatchObject({
    toast: { type: 'warning', content: '完成时间已经过去，请选一个以后的时间。' },
  });
  expect(secretary.seesLast()).toContain('12月4日（周五）18:00');

  await secretary.picks('2026-12-07 09:30 +0800');
  expect(secretary.seesLast()).toContain('请于 12月7日（周一）09:30 前完成');
});

it('cancels a draft for good', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(SENTENCE);
  const draft = house.emulator.messagesOf(secretary.id).at(-1);
  const confirm = { value: buttonValue(draft?.content, '确认发布') };

  await secretary.presses('取消');
  expect(secretary.seesLast()).toContain('已取消，没有发给任何人。');

  const late = await house.emulator.press(secretary.id, draft?.id ?? '', confirm);
  expect(late).toMatchObject({ toast: { type: 'warning', content: '这份草稿已经取消。发送“发布学习”可以重新开始。' } });
  await house.settles();
  expect(house.person(SAMPLE_PEOPLE.officer).sees()).toEqual([]);
});

it('asks with a form for what a sentence lacks, filled in with what was understood', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);

  await secretary.says('提醒全体党员完成第一议题学习：学习党的二十届四中全会精神');
  expect(secretary.seesLast()).toContain('还差：完成时间。');

  expect(await secretary.presses('下一步')).toMatchObject({ toast: { content: '还差：完成时间。请补上后再提交。' } });
  await secretary.presses('下一步', { dueAt: '2026-12-04 18:00 +0800' });
  expect(secretary.seesLast()).toContain('请于 12月4日（周五）18:00 前完成');
  expect(secretary.seesLast()).toContain('学习党的二十届四中全会精神');
  expect(secretary.seesLast()).toContain('一大队党支部全体党员');
});

it('gives an empty form for 发布学习 alone, and takes every kind of study', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const kinds = {
    'first-agenda-item': '第一议题学习',
    'theory-study-center-group': '理论学习中心组学习',
    'branch-themed-study': '支部专题学习',
    'group-discussion': '研讨交流',
    'online-platform': '线上平台学习',
    'themed-party-day': '主题党日',
  };
  for (const [kind, name] of Object.entries(kinds)) {
    await secretary.says('发布学习');
    expect(secretary.seesLast()).toContain('还差：学习类型、学习内容、参加范围、完成时间。');
    const branch = (await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = '一大队党支部'`)[0]
      ?.id;
    await secretary.presses('下一步', {
      kind,
      topic: '研读党章',
      dueAt: '2026-12-04 18:00 +0800',
      audience: `branch:members:${branch}`,
    });
    expect(secretary.seesLast()).toContain(name);
    expect(secretary.seesLast()).toContain('[确认发布');
  }
});

it('gives each of the audience one card, which turns to 已完成 when it is pressed', async () => {
  const { house, secretary, officer } = await openWithTask();
  const audience = await audienceOf(house);
  for (const id of audience) expect(taskCardsOf(house.person(id))).toHaveLength(1);
  expect(officer.seesLast()).toContain('请于 12月4日（周五）18:00 前完成');
  expect(officer.seesLast()).toContain('[打开学习材料]');
  expect(officer.seesLast()).toContain('[投诉建议]');
  expect(officer.seesLast()).toContain('发布');

  expect(await officer.presses('我已完成', { reflection: '很受教育' })).toMatchObject({
    ok: true,
    toast: { type: 'success', content: '已记为完成，辛苦了。' },
  });
  expect(officer.seesLast()).toContain('已完成');
  expect(officer.seesLast()).toContain('很受教育');
  expect(officer.seesLast()).not.toContain('[我已完成]');

  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(progressOf(secretary)).toContain(`已完成 1 · 待完成 ${audience.length - 1}（共${audience.length}人）`);
});

it('changes nothing when a finished card is pressed again, and says so', async () => {
  const { house, officer } = await openWithTask();
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const press = { tag: 'button', name: submitName(message?.content), form_value: { reflection: '第一次' } };
  await house.emulator.press(officer.id, message?.id ?? '', press);
  const again = await house.emulator.press(officer.id, message?.id ?? '', {
    ...press,
    form_value: { reflection: '第二次' },
  });
  expect(again).toMatchObject({ toast: { content: '您已于11月23日（周一）10:00完成，不用再按。' } });
  expect(officer.seesLast()).toContain('第一次');
  expect(officer.seesLast()).not.toContain('第二次');
});

it('insists on a reflection where one is required, and refuses one of 10,000 characters', async () => {
  const { officer } = await openWithTask(`${SENTENCE}，需提交学习心得`);
  expect(await officer.presses('我已完成')).toMatchObject({
    toast: { type: 'warning', content: '这项学习需要写心得，请填写后再按“我已完成”。' },
  });
  expect(await officer.presses('我已完成', { reflection: '字'.repeat(10_000) })).toMatchObject({
    toast: { type: 'warning', content: '心得最多1000字，现在有10000字，请缩短后再提交。' },
  });
  expect(officer.seesLast()).toContain('[我已完成]');
  expect(await officer.presses('我已完成', { reflection: '体会深刻' })).toMatchObject({ toast: { type: 'success' } });
});

it('shows all that is open under 今天 and 任务, and opens it from there', async () => {
  const { house, officer } = await openWithTask();
  for (const words of ['今天', '任务']) {
    await officer.says(words);
    expect(officer.seesLast()).toContain('第一议题学习：学习党的二十届四中全会精神');
    expect(officer.seesLast()).toContain('12月4日（周五）18:00前');
  }
  await officer.presses('去办理');
  await house.settles();
  await officer.presses('我已完成');
  await officer.says('今天');
  expect(officer.seesLast()).toContain('没有需要您办的事。');
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(taskCardsOf(officer).every((card) => card.includes('已完成'))).toBe(true);
});

it('names those who are open to the secretary alone, and nudges each at most once a day', async () => {
  const { house, secretary, officer } = await openWithTask();
  const audience = await audienceOf(house);
  const other = house.person(audience.find((id) => id !== officer.id && id !== secretary.id) ?? '');
  await officer.presses('我已完成');

  await secretary.presses('查看未完成');
  await house.settles();
  const [{ name } = { name: '' }] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${other.id}`;
  expect(secretary.seesLast()).toContain('未完成名单');
  expect(secretary.seesLast()).toContain(name);
  expect(other.sees().join()).not.toContain('未完成名单');

  expect(await secretary.presses('催办')).toMatchObject({
    toast: { content: `已提醒${audience.length - 1}人。每人每天最多提醒一次。` },
  });
  await house.settles();
  expect(taskCardsOf(other)).toHaveLength(2);
  expect(other.seesLast()).toContain(
    `${await house.nameOf(secretary.id)}11月23日（周一）催办，还没有收到您的完成记录。`,
  );
  expect(taskCardsOf(officer)).toHaveLength(1);

  expect(await secretary.presses('催办')).toMatchObject({
    toast: { content: expect.stringContaining('没有需要催办的人') },
  });
  await house.settles();
  expect(taskCardsOf(other)).toHaveLength(2);

  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  await secretary.presses('催办');
  await house.settles();
  expect(taskCardsOf(other)).toHaveLength(3);
});

it('moves the deadline on every card, and lets a late comer finish', async () => {
  const { house, secretary, officer } = await openWithTask();
  await secretary.presses('延期');
  await house.settles();
  expect(await secretary.presses('确认延期', { dueAt: '2026-12-05 17:30 +0800' })).toMatchObject({
    toast: { type: 'success' },
  });
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(officer.seesLast()).toContain('请于 12月5日（周六）17:30 前完成');
  expect(progressOf(secretary)).toContain('12月5日（周六）17:30');
  expect(taskCardsOf(officer)).toHaveLength(1);

  await house.clockMovesTo('2026-12-06T09:00:00+08:00');
  expect(await officer.presses('我已完成')).toMatchObject({ toast: { type: 'success' } });
});

it('withdraws a task: cards turn grey, a press on one is refused, nobody is reminded', async () => {
  const { house, secretary, officer } = await openWithTask();
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const press = { tag: 'button', name: submitName(message?.content), form_value: {} };
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(officer.seesLast()).toContain('已失效');
  expect(officer.seesLast()).toContain('撤销，无需再办');
  expect(await house.emulator.press(officer.id, message?.id ?? '', press)).toMatchObject({
    toast: { type: 'warning', content: '这项任务已经撤销，无需再办。如有疑问请联系发布人。' },
  });
  const before = officer.sees().length;
  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  await house.clockMovesTo('2026-12-04T10:00:00+08:00');
  expect(officer.sees()).toHaveLength(before);
});

it('reminds whoever is still open on the workday before the deadline and on its morning, without anyone asking', async () => {
  const { house, secretary, officer } = await openWithTask();
  const audience = await audienceOf(house);
  const other = house.person(audience.find((id) => id !== officer.id && id !== secretary.id) ?? '');
  await officer.presses('我已完成');

  await house.clockMovesTo('2026-12-02T15:00:00+08:00');
  expect(taskCardsOf(other)).toHaveLength(1);
  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  expect(taskCardsOf(other)).toHaveLength(2);
  await house.clockMovesTo('2026-12-04T09:00:00+08:00');
  expect(taskCardsOf(other)).toHaveLength(3);
  expect(taskCardsOf(officer)).toHaveLength(1);
});

it('waits for working hours, says when its cards arrive, and sends at once only when asked to', async () => {
  const house = await openHouse({ at: new Date('2026-11-27T22:00:00+08:00') });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('提醒全体党员12月4日18:00前完成主题党日：参观警示教育基地');
  expect(secretary.seesLast()).toContain('卡片将于11月30日（周一）07:30起送达');
  expect(secretary.seesLast()).toContain('[确认发布并立即送达]');
  await secretary.presses('确认发布（');
  await house.settles();
  expect(officer.sees()).toEqual([]);
  await house.clockMovesTo('2026-11-29T12:00:00+08:00');
  expect(officer.sees()).toEqual([]);
  await house.clockMovesTo('2026-11-30T07:35:00+08:00');
  expect(officer.sees()).toHaveLength(1);

  await house.clockMovesTo('2026-11-30T23:00:00+08:00');
  await secretary.says('提醒全体党员12月1日18:00前完成主题党日：防汛值守学习');
  await secretary.presses('确认发布并立即送达', { reason: '防汛值守' });
  await house.settles();
  expect(officer.seesLast()).toContain('防汛值守');
  expect(house.logged.some(({ msg }) => msg === 'an urgent push passes the notification policy')).toBe(true);
});

it('sends a person at most two quiet cards a day, and counts leave and the unreachable apart', async () => {
  const { house, secretary, officer } = await openWithTask();
  const audience = await audienceOf(house);
  const [away] = audience.filter((id) => id !== officer.id && id !== secretary.id);
  const [{ name } = { name: '' }] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${away ?? ''}`;
  await secretary.says(`登记请假 ${name} 11月23日至11月27日`);
  await secretary.presses('确认登记');
  for (const topic of ['研读条例', '观看专题片']) {
    await secretary.says(`提醒全体党员12月4日18:00前完成主题党日：${topic}`);
    await secretary.presses('确认发布（');
    await house.settles();
  }
  expect(officer.sees()).toHaveLength(2);
  expect(house.person(away ?? '').sees()).toHaveLength(1);
  expect(progressOf(secretary)).toContain(`休假 1`);
  await house.clockMovesTo('2026-11-24T08:00:00+08:00');
  expect(officer.sees()).toHaveLength(3);
  await house.clockMovesTo('2026-11-30T08:00:00+08:00');
  expect(house.person(away ?? '').sees()).toHaveLength(2);
  expect(house.person(away ?? '').seesLast()).toContain('待办3件');
});

it('counts somebody whom the messenger cannot reach as 联系不上', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  house.emulator.contacts.setReach(SAMPLE_PEOPLE.officer, { hasStoppedBot: true });
  await secretary.says(SENTENCE);
  await secretary.presses('确认发布');
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  expect(progressOf(secretary)).toContain('联系不上 1');
});

it('refuses an audience of nobody, a deadline in the past and an audience that is not the own', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒一大队党支部全体党员11月20日18:00前完成第一议题学习：学习讲话');
  expect(secretary.seesLast()).toContain('（已经过去）');
  await secretary.says('提醒全支队全体党员下周五18:00前完成第一议题学习：学习讲话');
  expect(secretary.seesLast()).toContain('您只能发布给自己的支部或单位，没有发布。');

  await house.app.db.sql`INSERT INTO branch (id, name) VALUES (gen_random_uuid(), '空支部')`;
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('提醒空支部全体党员下周五18:00前完成第一议题学习：学习讲话');
  expect(administrator.seesLast()).toContain('共0人');
  expect(await administrator.presses('确认发布')).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('这个范围里现在没有人') },
  });
  const tasks = await house.app.db.sql<{
    count: number;
  }>`SELECT count(*)::int AS count FROM publication WHERE state = 'published'`;
  expect(tasks).toEqual([{ count: 0 }]);
});

it('lets an administrator do for the whole detachment what a secretary does for a branch', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('提醒全支队全体人员下周五18:00前完成线上平台学习：在学习强国完成专题学习');
  expect(administrator.seesLast()).toContain('全支队全体人员，共400人');
  await administrator.presses('确认发布');
  await house.settles();
  expect(house.person(SAMPLE_PEOPLE.auxiliary).sees()).toHaveLength(1);
  expect(house.person(SAMPLE_PEOPLE.chief).sees()).toHaveLength(1);
});

it('refuses a press by somebody the card was not for', async () => {
  const { house, officer } = await openWithTask();
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const { appId, encryptKey, verificationToken } = house.credentials;
  const event = {
    schema: '2.0',
    header: {
      event_id: 'stranger-press',
      event_type: 'card.action.trigger',
      create_time: `${MONDAY_MORNING.getTime()}`,
      token: verificationToken,
      app_id: appId,
      tenant_key: 't',
    },
    event: {
      operator: { open_id: SAMPLE_PEOPLE.auxiliary },
      action: { tag: 'button', name: submitName(message?.content), form_value: {} },
      context: { open_message_id: message?.id, open_chat_id: message?.chatId },
    },
  };
  const body = seal(JSON.stringify(event), encryptKey);
  const answer = await post(`${house.app.url}/webhook/event`, body, sign(body, encryptKey));
  expect(answer).toMatchObject({
    status: 200,
    body: { toast: { content: '这张卡片不是发给您的，没有改动任何内容。' } },
  });
  const done = await house.app.db.sql`SELECT 1 FROM part WHERE "doneAt" IS NOT NULL`;
  expect(done).toEqual([]);
});

it('shows what people type as text: markup in a topic or a reflection calls nobody', async () => {
  const { house, officer } = await openWithTask(
    '提醒全体党员下周五18:00前完成第一议题学习：<at id=all></at> **学习** [x](http://evil.example)',
  );
  await officer.presses('我已完成', { reflection: '<at id=all></at>' });
  for (const { content } of house.emulator.messagesOf(officer.id)) {
    const markup = JSON.stringify(content).match(/"tag":"(?:lark_md|markdown)","content":"[^"]*<at[^"]*"/g);
    expect(markup).toBeNull();
  }
  expect(officer.seesLast()).toContain('<at id=all></at>');
});

it('keeps names, texts and secrets out of the log', async () => {
  const { house, officer } = await openWithTask();
  await officer.presses('我已完成', { reflection: '很受教育' });
  await officer.says('听不懂的一句话');
  const log = JSON.stringify(house.logged);
  const people = await house.app.db.sql<{ name: string }>`SELECT name FROM person`;
  for (const { name } of people) expect(log).not.toContain(name);
  for (const text of ['四中全会', '很受教育', '听不懂']) expect(log).not.toContain(text);
});

function buttonValue(card: unknown, words: string): Record<string, unknown> {
  const found = JSON.stringify(card).match(new RegExp(`"content":"${words}[^}]*}.*?"value":({[^}]*})`));
  return JSON.parse(found?.[1] ?? '{}');
}

function submitName(card: unknown): string {
  return /"name":"(study-tasks\/complete[^"]*)"/.exec(JSON.stringify(card))?.[1] ?? '';
}

it('lets a person take back what was pressed too early, until the deadline, and keeps what was written', async () => {
  const house = await openHouse();
  const [secretary, officer] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.officer)];
  await secretary.says('提醒一大队党支部全体党员本周五18:00前完成第一议题学习：学习讲话，要写心得');
  await secretary.presses('确认发布（');
  await house.settles();
  await officer.presses('我已完成', { reflection: '结合路面执勤，很有收获。' });
  await house.follows();
  expect(secretary.seesLast('· 进度')).toContain('已完成 1 ·');

  expect(await officer.presses('按错了，撤回完成')).toMatchObject({
    toast: { content: expect.stringContaining('已撤回') },
  });
  await house.follows();
  expect(officer.seesLast()).toContain('[我已完成]');
  expect(secretary.seesLast('· 进度')).toContain('已完成 0 ·');
  await officer.presses('我已完成', { reflection: '结合路面执勤，再学了一遍。' });
  await house.follows();
  expect(officer.seesLast()).toContain('再学了一遍');

  await house.clockMovesTo('2026-11-27T18:00:01+08:00');
  expect(officer.seesLast('您已于')).not.toContain('按错了');
  expect(officer.seesLast('您已于')).toContain('再学了一遍');
});

it('says in the preview that a day is off', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒一大队党支部全体党员11月28日18:00前完成第一议题学习：学习讲话');
  expect(secretary.seesLast()).toContain('11月28日（周六）这一天休息，请核对时间。');
  await secretary.says('给本支部发布10道党纪题，11月29日9:00到11月30日18:00');
  expect(secretary.seesLast()).toContain('11月29日（周日）这一天休息，请核对时间。');
  await secretary.says('提醒一大队党支部全体党员11月27日18:00前完成第一议题学习：学习讲话');
  expect(secretary.seesLast()).not.toContain('这一天休息');
});
