/** The session ledger, the month's plan, warnings and recurring study, as people have the conversations. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';

const BRANCH = '一大队党支部';

async function branchId(house: House, name = BRANCH): Promise<string> {
  const [row] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = ${name}`;
  return row?.id ?? '';
}

/** What a secretary fills in, over what the form holds. */
const HELD = {
  kind: 'themed-party-day',
  heldOn: '2026-11-20 +0800',
  host: '华若谷',
  topic: '参观警示教育基地',
  attendees: '38',
};

async function record(person: TestPerson, form: Record<string, string>) {
  await person.says('登记学习');
  return person.presses('登记', { ...HELD, ...form });
}

async function open() {
  const house = await openHouse();
  return {
    house,
    secretary: house.person(SAMPLE_PEOPLE.secretary),
    administrator: house.person(SAMPLE_PEOPLE.administrator),
  };
}

const toast = (content: string, type?: string) => ({
  toast: { content: expect.stringContaining(content), ...(type && { type }) },
});

describe('the ledger', () => {
  it('takes what was held, late too, with names or a number, and shows it as a record', async () => {
    const { house, secretary } = await open();
    await secretary.says('登记学习');
    expect(secretary.seesLast()).toContain('登记学习 · 请填写');
    const answer = await secretary.presses('登记', {
      ...HELD,
      attendees: '',
      names: '赵一、钱二，孙三',
      agenda: '重温誓词',
    });
    expect(answer).toMatchObject(toast('已登记：一大队党支部11月20日（周五）主题党日。', 'success'));
    await house.settles();
    expect(secretary.seesLast()).toContain('主题党日 · 已登记');
    expect(secretary.seesLast()).toContain('3人');
    expect(secretary.seesLast()).toContain('赵一、钱二、孙三');
    expect(secretary.seesLast()).not.toContain('[登记]');
  });

  it('says what is missing or wrong, and changes nothing', async () => {
    const { house, secretary } = await open();
    await secretary.says('登记学习');
    const attempts: [Record<string, string>, string][] = [
      [{ topic: '', host: '' }, '还差：主持人、主题。'],
      [{ heldOn: '2026-11-24 +0800' }, '日期还没有到'],
      [{ attendees: '十几个' }, '参加人数请填一个数字'],
      [{ holder: 'centre-group', kind: 'theory-study-center-group' }, '您只能办理本支部的学习'],
      [{ holder: await branchId(house, '二大队党支部') }, '您只能办理本支部的学习'],
    ];
    for (const [form, sentence] of attempts)
      expect(await secretary.presses('登记', { ...HELD, ...form })).toMatchObject(toast(sentence, 'warning'));
    expect(await house.app.db.sql`SELECT 1 FROM study_session WHERE state = 'recorded'`).toEqual([]);
  });

  it('tells of the same session entered twice, in whatever spelling, also when two press at once', async () => {
    const { house, secretary, administrator } = await open();
    await record(secretary, {});
    const again = await record(secretary, { topic: ' 参观，警示教育基地。', attendees: '40' });
    expect(again).toMatchObject(toast('11月20日（周五）的这次主题党日已由', 'warning'));
    expect(again).toMatchObject(toast('登记过，没有重复登记'));

    await secretary.says('登记学习');
    await administrator.says('登记学习');
    const form = { ...HELD, topic: '另一个主题', holder: await branchId(house) };
    const both = await Promise.all([secretary.presses('登记', form), administrator.presses('登记', form)]);
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining(toast('已登记：', 'success')),
        expect.objectContaining(toast('没有重复登记', 'warning')),
      ]),
    );
    expect(await house.app.db.sql`SELECT count(*)::int AS n FROM study_session WHERE state = 'recorded'`).toEqual([
      { n: 2 },
    ]);
  });

  it('answers with the centre group and every branch, opens a number, and turns its pages', async () => {
    const { house, secretary, administrator } = await open();
    for (let date = 1; date <= 9; date += 1)
      await record(secretary, { heldOn: `2026-10-0${date} +0800`, topic: `第${date}讲`, kind: 'party-lecture' });
    await record(secretary, {});
    await record(administrator, { holder: 'centre-group', kind: 'theory-study-center-group', topic: '全会精神' });
    await record(administrator, {
      holder: 'centre-group',
      kind: 'theory-study-center-group',
      heldOn: '2025-12-31 +0800',
    });
    await house.settles();

    await administrator.says('学习台账');
    expect(administrator.seesLast()).toContain('中心组 1次 · 18个支部 10次');
    expect(administrator.seesLast()).toContain('第1页，共3页');
    await administrator.presses('下一页');
    await house.settles();
    expect(administrator.seesLast()).toContain('第2页，共3页');
    await administrator.says('学习台账 2025年');
    expect(administrator.seesLast()).toContain('中心组 1次 · 18个支部 0次');

    await secretary.says('学习台账');
    expect(secretary.seesLast()).toContain('一大队党支部 已登记10次');
    expect(secretary.seesLast()).toContain('应每月至少1次：11个月中有1个月已开展');
    await secretary.presses('9次');
    await house.settles();
    expect(secretary.seesLast()).toContain('党课 共9次');
    expect(secretary.seesLast()).toContain('第9讲');
    expect(secretary.seesLast()).not.toContain('第1讲');
    await secretary.presses('下一页');
    await house.settles();
    expect(secretary.seesLast()).toContain('第1讲');
    expect(secretary.seesLast()).not.toContain('第9讲');
    await secretary.presses('查看');
    await house.settles();
    expect(secretary.seesLast()).toContain('党课 · 已登记');
  });

  it('shows a leader the branches of the own unit, the chief all, and an officer nothing', async () => {
    const { house, secretary } = await open();
    await record(secretary, {});
    await house.settles();
    const leader = house.person(SAMPLE_PEOPLE.leader);
    await leader.says('学习台账');
    expect(leader.seesLast()).toContain('3个支部 1次');
    expect(leader.seesLast()).not.toContain('中心组');
    const chief = house.person(SAMPLE_PEOPLE.chief);
    await chief.says('学习台账');
    expect(chief.seesLast()).toContain('中心组 0次 · 18个支部 1次');
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await officer.says('学习台账');
    expect(officer.seesLast()).toContain('没有办理这件事的权限');
  });

  it('is corrected and deleted by whoever may, with what stood before', async () => {
    const { house, secretary } = await open();
    await record(secretary, {});
    await house.settles();
    await secretary.presses('更正');
    await house.settles();
    expect(secretary.seesLast()).toContain('[提交更正]');
    expect(await secretary.presses('提交更正', { attendees: '36' })).toMatchObject(toast('已更正'));
    await house.settles();
    expect(secretary.seesLast()).toContain('36人');
    expect(secretary.seesLast()).toContain('更正了人数，原为：11月20日（周五） 主题党日 参观警示教育基地 38人');

    expect(await secretary.presses('删除')).toMatchObject(toast('已从台账删除。'));
    await house.settles();
    expect(secretary.seesLast()).toContain('主题党日 · 已删除');
    await secretary.says('学习台账');
    expect(secretary.seesLast()).toContain('已登记0次');
    const [kept] = await house.app.db.sql<{ before: { attendees: number } }>`
      SELECT before FROM study_session_change WHERE what = 'deleted'`;
    expect(kept?.before.attendees).toBe(36);
    // What was deleted may be entered again.
    expect(await record(secretary, {})).toMatchObject(toast('已登记'));
  });

  it('leaves a correction open that somebody else is writing', async () => {
    const { house, secretary, administrator } = await open();
    await record(secretary, {});
    await house.settles();
    await secretary.presses('更正');
    // Now an administrator has opened it.
    await house.app.db.sql`UPDATE study_session SET "editingById" = ${administrator.id} WHERE state = 'recorded'`;
    await secretary.presses('不改了');
    expect(await house.app.db.sql`SELECT "editingById" AS by FROM study_session WHERE state = 'recorded'`).toEqual([
      { by: administrator.id },
    ]);
  });
});

describe('required meetings', () => {
  const warnings = (person: TestPerson) => person.sees().filter((card) => card.includes('必开会议 ·'));

  it('warn a secretary in time, of all on one card, at most weekly, and no more once held', async () => {
    const { house, secretary } = await open();
    await record(secretary, { kind: 'branch-committee-meeting', topic: '研究工作' });
    expect(warnings(secretary)).toEqual([]);
    await house.clockMovesTo('2026-11-24T10:00:00+08:00');
    expect(warnings(secretary)).toHaveLength(1);
    expect(warnings(secretary)[0]).toContain('主题党日');
    expect(warnings(secretary)[0]).toContain('请在11月30日（周一）前开展并登记');
    expect(warnings(secretary)[0]).not.toContain('支委会');

    for (const date of [25, 26, 27, 30]) await house.clockMovesTo(`2026-11-${date}T10:00:00+08:00`);
    expect(warnings(secretary)).toHaveLength(1);

    await secretary.presses('登记学习');
    await house.settles();
    await secretary.presses('登记', { ...HELD, heldOn: '2026-11-27 +0800' });
    await house.clockMovesTo('2026-11-30T10:05:00+08:00');
    expect(warnings(secretary)[0]).toContain('必开会议 · 已登记');
  });

  it('gather what ends with the year, over a quarter with the service off at times', async () => {
    const { house, secretary } = await open();
    for (const day of ['12-04', '12-11', '12-18', '12-25', '12-31'])
      await house.clockMovesTo(`2026-${day}T11:00:00+08:00`);
    const seen = warnings(secretary);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen.at(-1)).toContain('组织生活会');
    expect(seen.at(-1)).toContain('党员大会');
    expect(seen.at(-1)).toContain('主题党日');
    const days = await house.app.db.sql<{ gap: number | null }>`
      SELECT min(gap)::int AS gap FROM (SELECT "warnedOn" - lag("warnedOn") OVER (PARTITION BY "branchId" ORDER BY "warnedOn") AS gap FROM study_warning) g`;
    expect(days[0]?.gap).toBeGreaterThanOrEqual(7);
  });

  it('are asked as often as the political office says', async () => {
    const { house, secretary, administrator } = await open();
    await secretary.says('必开会议');
    expect(secretary.seesLast()).toContain('没有办理这件事的权限');
    await administrator.says('必开会议');
    await administrator.presses('保存', { 'themed-party-day': 'never', 'branch-committee-meeting': 'never' });
    await house.clockMovesTo('2026-11-24T10:00:00+08:00');
    expect(warnings(secretary)).toEqual([]);
  });
});

describe('the month', () => {
  it('has a focus that the office sets and branches see, with planned, held and missing', async () => {
    const { house, secretary, administrator } = await open();
    await administrator.says('本月学习重点');
    expect(await administrator.presses('确定学习重点', { centreGroup: '', branches: ' ' })).toMatchObject(
      toast('请至少写一项', 'warning'),
    );
    await administrator.presses('确定学习重点', {
      centreGroup: '全会精神',
      branches: '1. 全会精神\n2、纪律处分条例\n\n全会精神',
    });
    await house.settles();
    expect(secretary.seesLast()).toContain('2026年11月学习计划');
    expect(secretary.seesLast()).toContain('本月学习重点\n1. 全会精神\n2. 纪律处分条例');
    expect(secretary.seesLast()).toContain('已开展0次，还差：主题党日、支委会');

    await record(secretary, {});
    await house.settles();
    await secretary.says('学习计划');
    expect(secretary.seesLast()).toContain('已开展1次，还差：支委会');
    expect(secretary.seesLast()).toContain('主题党日：本月计划1次，已开展1次');
    expect(secretary.seesLast()).toContain('党课：今年计划1次，还没有登记');
    await secretary.says('下月学习计划');
    expect(secretary.seesLast()).toContain('还差：主题党日、支委会、党员大会、党课、组织生活会');

    await administrator.says('学习计划');
    expect(administrator.seesLast()).toContain('一大队党支部\n本月已开展1次，还差：支委会');
    await secretary.says('本月学习重点');
    expect(secretary.seesLast()).toContain('2. 纪律处分条例');
    expect(secretary.seesLast()).not.toContain('[确定学习重点]');
  });
});

describe('a series', () => {
  const reminders = (person: TestPerson) => person.sees().filter((card) => card.includes('这是每月的定期提醒'));

  async function openWithSeries(sentence = '每月10日提醒各支部开展主题党日：学习讲话') {
    const opened = await open();
    await opened.administrator.says(sentence);
    return opened;
  }

  it('shows its next three dates, with days off said, before anything happens', async () => {
    const { house, administrator } = await openWithSeries();
    const preview = administrator.seesLast();
    expect(preview).toContain('每月提醒各支部开展主题党日');
    expect(preview).toContain('12月10日（周四）\n12月3日（周四）09:40提醒');
    expect(preview).toContain('2027年1月8日（周五）\n2027年1月10日（周日）是休息日，改到这天');
    expect(preview).toContain('2027年2月10日（周三）');
    await house.clockMovesTo('2026-12-04T10:00:00+08:00');
    expect(reminders(house.person(SAMPLE_PEOPLE.secretary))).toEqual([]);
  });

  it('reminds every branch once a month, and its button records the session', async () => {
    const { house, administrator, secretary } = await openWithSeries();
    expect(await administrator.presses('确认')).toMatchObject(
      toast('下一次是12月10日（周四），12月3日（周四）09:40提醒支部书记'),
    );
    await house.clockMovesTo('2026-12-03T09:30:00+08:00');
    expect(reminders(secretary)).toEqual([]);
    await house.clockMovesTo('2026-12-03T09:45:00+08:00');
    expect(reminders(secretary)).toHaveLength(1);
    expect(reminders(secretary)[0]).toContain('请于 12月10日（周四） 开展');
    const [told] = await house.app.db
      .sql`SELECT count(DISTINCT recipient)::int AS n FROM delivery WHERE card = 'occurrence'`;
    expect(told).toEqual({ n: 18 });
    await secretary.says('今天');
    expect(secretary.seesLast()).toContain('开展并登记主题党日：学习讲话');

    await house.clockMovesTo('2026-12-11T09:00:00+08:00');
    await secretary.says('今天');
    await secretary.presses('去办理');
    await house.settles();
    expect(await secretary.presses('登记', { host: '华若谷', attendees: '30' })).toMatchObject(
      toast('已登记：一大队党支部12月10日（周四）主题党日。'),
    );
    await house.clockMovesTo('2026-12-11T09:05:00+08:00');
    expect(reminders(secretary)[0]).toContain('本月已开展并登记，不用再办。');
    expect(reminders(secretary)[0]).not.toContain('[登记学习]');
    await house.clockMovesTo('2027-01-04T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(2);
  });

  it('goes at once when its lead time has passed, and comes once after a long absence', async () => {
    const { house, administrator, secretary } = await openWithSeries('每月25日提醒各支部开展主题党日');
    expect(await administrator.presses('确认')).toMatchObject(toast('下一次是11月25日（周三），马上提醒支部书记'));
    await house.settles();
    expect(reminders(secretary)).toHaveLength(1);
    await house.clockMovesTo('2027-03-01T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(1);
    await house.clockMovesTo('2027-03-18T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(2);
  });

  it('skips one, changes, and stops', async () => {
    const { house, administrator, secretary } = await openWithSeries();
    await administrator.presses('确认');
    await house.settles();
    expect(await administrator.presses('跳过')).toMatchObject(toast('12月10日（周四）这一次已跳过。'));
    await house.clockMovesTo('2026-12-04T10:00:00+08:00');
    expect(reminders(secretary)).toEqual([]);
    await administrator.says('定期提醒');
    expect(administrator.seesLast()).toContain('这一次跳过');

    await administrator.presses('修改');
    await house.settles();
    expect(await administrator.presses('提交修改', { dayOfMonth: '20', leadDays: '3' })).toMatchObject(toast('已修改'));
    await house.settles();
    expect(administrator.seesLast()).toContain('2027年1月20日（周三）');
    await house.clockMovesTo('2027-01-15T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(1);
    expect(reminders(secretary)[0]).toContain('1月20日（周三）');

    await administrator.says('定期提醒');
    expect(await administrator.presses('停止')).toMatchObject(toast('已停止'));
    await house.clockMovesTo('2027-01-15T10:05:00+08:00');
    expect(reminders(secretary)[0]).toContain('这次安排已取消，不用再办。');
    await house.clockMovesTo('2027-03-01T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(1);
  });

  it('reminds again whoever was reminded of a day that has changed, and of nothing else that changes', async () => {
    const { house, administrator, secretary } = await openWithSeries();
    await administrator.presses('确认');
    await house.clockMovesTo('2026-12-03T09:45:00+08:00');
    expect(reminders(secretary)).toHaveLength(1);

    const change = async (form: Record<string, string>) => {
      await administrator.says('定期提醒');
      await administrator.presses('修改');
      await house.settles();
      const answer = await administrator.presses('提交修改', form);
      await house.follows();
      return answer;
    };
    expect(await change({ topic: '学习条例', leadDays: '5' })).toMatchObject(
      toast('已修改，已发出的提醒会随之更新。', 'success'),
    );
    expect(reminders(secretary)).toHaveLength(1);

    // Changed twice before anybody is reminded of it: the cards and the reminder follow the last word.
    await change({ dayOfMonth: '28' });
    expect(reminders(secretary)[0]).toContain('12月28日（周一）');
    expect(await change({ dayOfMonth: '24' })).toMatchObject(
      toast('已修改。这一次改为12月24日（周四），12月18日（周五）09:40再提醒支部书记。', 'success'),
    );
    expect(reminders(secretary)).toHaveLength(1);
    expect(reminders(secretary)[0]).toContain('12月24日（周四）');
    await house.clockMovesTo('2026-12-18T09:45:00+08:00');
    expect(reminders(secretary)).toHaveLength(2);
    expect(reminders(secretary)[1]).toContain('12月24日（周四）');

    // Its lead time has passed: at once, which on a day with two quiet pushes already is the next workday.
    expect(await change({ dayOfMonth: '21' })).toMatchObject(
      toast('12月21日（周一），马上再提醒支部书记。', 'success'),
    );
    await house.clockMovesTo('2026-12-21T09:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(3);
    // The day is over: the month has had its reminders.
    await house.clockMovesTo('2026-12-22T09:45:00+08:00');
    await change({ dayOfMonth: '30' });
    await house.clockMovesTo('2026-12-31T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(3);
    await house.clockMovesTo('2027-01-26T10:00:00+08:00');
    expect(reminders(secretary)).toHaveLength(4);
  });

  it('asks for what was not said, and lets a secretary remind the own branch only', async () => {
    const { house, secretary } = await open();
    await secretary.says('每月10日提醒各支部开展主题党日');
    expect(secretary.seesLast()).toContain('您只能为自己的支部设定期提醒');
    await secretary.says('新建定期提醒');
    expect(secretary.seesLast()).toContain('还差：活动类型、每月几日。');
    expect(await secretary.presses('下一步：核对', { kind: 'party-lecture' })).toMatchObject(
      toast('还差：每月几日。', 'warning'),
    );
    await secretary.presses('下一步：核对', { kind: 'party-lecture', dayOfMonth: '31' });
    await house.settles();
    expect(secretary.seesLast()).toContain('每月最后一天');
    expect(secretary.seesLast()).toContain('每月提醒一大队党支部开展党课');
    await secretary.presses('取消');
    await house.settles();
    expect(secretary.seesLast()).toContain('已取消，没有提醒任何人。');
    await secretary.says('定期提醒');
    expect(secretary.seesLast()).toContain('现在没有定期提醒');
  });
});
