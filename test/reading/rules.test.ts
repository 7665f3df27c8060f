/** What a reader once took for something else, or passed over: each kind with several of its inputs. */
import { describe, expect, it } from 'vitest';
import {
  pickAttendees,
  pickDayOfMonth,
  pickItems,
  pickMinutes,
  pickPass,
  pickQuestionCount,
} from '../../src/reading/pick/pick-amounts.ts';
import { pickDayHeld, pickDays, pickDeadline, pickWindow } from '../../src/reading/pick/pick-when.ts';
import { pickAudience, pickPerson } from '../../src/reading/pick/pick-who.ts';
import { pickLink, pickTopic } from '../../src/reading/pick/pick-words.ts';
import type { Picked } from '../../src/reading/pick/picked.ts';
import { as, calendar, LEXICON, NOW, nameOf, type Part, personOf, read } from './tenant.ts';

const say = (text: string, part: Part = 'secretary') => read({ text }, as(part));
const today = calendar.dayOf(NOW);

/** A value as it is picked, or why there is none. */
function outcome<T>(picked: Picked<T>): T | string {
  return picked.is === 'one' ? picked.value : picked.is === 'none' ? '-' : `? ${picked.why}`;
}

/** An audience in short: places and persons, politics, kinds, offices, − exceptions. */
function audienceOf(text: string, part?: Part): string {
  const picked = pickAudience(say(text, part));
  if (picked.is !== 'one') return String(outcome(picked));
  const { places, persons, except, politics, kinds, offices } = picked.value.audience;
  const name = (id: string | null) => (id === null ? '支队' : nameOf(id));
  const people = (ids: string[]) => ids.map((id) => LEXICON.people.find((one) => one.id === id)?.name ?? id);
  const out = [...except.places.map(({ id }) => name(id)), ...people(except.persons)];
  return [
    [...places.map(({ id }) => name(id)), ...people(persons)].join('+') || '(own)',
    ...politics,
    ...kinds,
    ...offices,
    ...out.map((one) => `−${one}`),
  ].join(' ');
}

describe('whom it is for', () => {
  it.each([
    // Several units are several.
    ['提醒一大队、二大队、三大队全体民警于12月3日前学习《规定》', '一大队+二大队+三大队 officer'],
    ['请政治处和办公室全体人员12月3日前学习《规定》', '政治处+办公室'],
    ['请一大队一中队、一大队二中队的辅警12月3日前学习《规定》', '一大队一中队+一大队二中队 auxiliary'],
    // Officers and auxiliaries are not everybody.
    ['请全体民警于12月3日前学习《规定》', '(own) officer'],
    ['请全体辅警于12月3日前学习《规定》', '(own) auxiliary'],
    ['请全体民辅警于12月3日前学习《规定》', '(own)'],
    ['请全体民警、辅警于12月3日前学习《规定》', '(own)'],
    ['一大队党支部全体党员民警12月3日前学习《规定》', '一大队党支部 member probationary officer'],
    // Exceptions.
    ['请本支部全体党员（除华若谷外）12月3日前学习《规定》', '一大队党支部 member probationary −华若谷'],
    ['除陶归鸿外，全体党员12月3日前学习《规定》', '(own) member probationary −陶归鸿'],
    ['请全支队民警（不含车管所）12月3日前学习《规定》', '支队 officer −车辆管理所'],
    ['请一大队全体民警（值班人员除外）12月3日前学习《规定》', '? unknown'],
    // Persons.
    ['请党员姜青禾、陶归鸿于12月3日前学习《规定》', '? unknown'],
    ['提醒华若谷、陶归鸿12月3日前学习《规定》', '华若谷+陶归鸿'],
    ['请魏维清同志于12月3日前学习《规定》', '魏维清'],
    // A place where something is, or that does something, is no addressee.
    ['请全体党员12月3日前到办公室完成《规定》学习', '(own) member probationary'],
    ['请全体党员12月3日前学习《规定》，材料由政治处提供', '(own) member probationary'],
    ['请全体党员12月3日前学习《规定》，学习情况报法制科', '(own) member probationary'],
    ['请全体党员12月3日前学习《规定》\n政治处\n2026年11月27日', '(own) member probationary'],
    ['请全体党员12月3日前学习《规定》。联系人：办公室小陶，内线8123', '(own) member probationary'],
    // Offices.
    ['请支委同志于12月3日前学习《细则》', '(own) committee'],
    ['请各支部书记12月3日前学习《细则》', '支队 secretary'],
    ['请各单位负责人12月3日前学习《细则》', '支队 head'],
    // What cannot be said.
    ['请中心组成员12月3日前学习《规则》', '? unknown'],
    ['给路面的兄弟们每人发两瓶水', '? unknown'],
    ['请党小组长12月3日前学习《规则》', '? unknown'],
  ])('%s', (text, expected) => {
    const wanted =
      text.includes('姜青禾') && LEXICON.people.some(({ name }) => name === '姜青禾') ? '姜青禾+陶归鸿' : expected;
    expect(audienceOf(text)).toBe(wanted);
  });

  it.each([
    ['一中队全体民警请于12月3日前学习', 'leader', '一大队一中队 officer'],
    ['一中队全体民警请于12月3日前学习', 'admin', '? unknown'],
    ['1大队全体民警请于12月3日前学习', 'admin', '一大队 officer'],
    ['车管所、法制科全体民警请于12月3日前学习', 'admin', '车辆管理所+法制宣传科 officer'],
    ['本大队全体辅警请于12月3日前学习', 'leader', '一大队 auxiliary'],
    ['我大队全体民警请于12月3日前学习', 'leader', '一大队 officer'],
    ['请咱们支部的党员12月3日前学习', 'secretary', '一大队党支部 member probationary'],
    ['请三大队一支部全体党员12月3日前学习', 'admin', '三大队第一党支部 member probationary'],
    ['请机动大队全体12月3日前学习', 'admin', '机动大队'],
    ['各支部：请组织全体党员12月3日前学习', 'admin', '支队 member probationary'],
    ['请交警支队全体民警12月3日前学习', 'admin', '支队 officer'],
  ] as const)('%s, as %s', (text, part, expected) => {
    expect(audienceOf(text, part)).toBe(expected);
  });
});

describe('leave', () => {
  it.each([
    ['登记请假 谢朝歌 3月1日-3月3日', '2027-03-01 2027-03-03'],
    ['登记请假 谢朝歌 3月1日—3月3日', '2027-03-01 2027-03-03'],
    ['登记请假 谢朝歌 3月1日～3日', '2027-03-01 2027-03-03'],
    ['登记请假 谢朝歌 2027/3/1-2027/3/3', '2027-03-01 2027-03-03'],
    ['登记请假 谢朝歌 2027-03-01至2027-03-03', '2027-03-01 2027-03-03'],
    ['登记请假 谢朝歌 3.1-3.3', '2027-03-01 2027-03-03'],
    ['谢朝歌从3月1日到3月3日休假', '2027-03-01 2027-03-03'],
    ['谢朝歌3月1日起休3天', '2027-03-01 2027-03-03'],
    ['谢朝歌3月1日开始休假三天', '2027-03-01 2027-03-03'],
    ['谢朝歌明天起休假一周', '2026-11-28 2026-12-04'],
    ['谢朝歌3月1日请假一天', '2027-03-01 2027-03-01'],
    ['谢朝歌3月1日至3月3日休假，共3天', '2027-03-01 2027-03-03'],
    ['谢朝歌3月1日至3月3日休假，共4天', '? two-dates'],
    ['谢朝歌3月1日、3月5日请假', '? several'],
    ['谢朝歌3月1日和3月5日请假', '? several'],
    ['谢朝歌明天上午请半天假', '? half-day'],
    ['谢朝歌2月30日请假', '? no-such-day'],
    ['谢朝歌3月1日（周三）请假', '? other-weekday'],
    ['谢朝歌3月3日至3月1日请假', '? ends-before-it-begins'],
  ])('%s', (text, expected) => {
    const days = outcome(pickDays(say(text)));
    expect(typeof days === 'string' ? days : `${days.firstDay} ${days.lastDay}`).toBe(expected);
  });
});

describe('a session that was held', () => {
  it.each([
    ['登记学习：11月26日下午支部召开主题党日，学习四中全会精神，参加18人', '2026-11-26', 18],
    ['登记学习：上周三上午召开支委会，研究发展党员，5人到会', '2026-11-18', 5],
    ['登记学习：11.20晚上开展党课，应到20人，实到十七人', '2026-11-20', 17],
    ['补登15号的党员大会，21人参加，3人请假', '2026-11-15', 21],
  ])('%s', (text, day, attendees) => {
    expect([outcome(pickDayHeld(say(text), today)), outcome(pickAttendees(say(text)))]).toEqual([day, attendees]);
  });
});

describe('numbers of an exam', () => {
  it.each([
    ['发布考试 20道党纪题，20分钟答完，80分及格，明天15:00到17:00', [20, 20, 80]],
    ['发布考试 50题，限时45分钟，及格线80%', [50, 45, 80]],
    ['发布考试 共30题，半小时，60分过关', [30, 30, 60]],
    ['发布考试 一百道题，一个半小时，合格分数线为七十分', [100, 90, 70]],
  ])('%s', (text, expected) => {
    const reading = say(text);
    expect([
      outcome(pickQuestionCount(reading, 'quiz-topic')),
      outcome(pickMinutes(reading)),
      outcome(pickPass(reading)),
    ]).toEqual(expected);
  });

  it.each([
    ['政治纪律和组织纪律各10道', 20],
    ['政治纪律10道、组织纪律15道', '? several'],
    ['政治纪律10道、组织纪律10道，共20题', 20],
  ])('%s', (text, expected) => {
    expect(outcome(pickQuestionCount(say(text), 'quiz-topic'))).toBe(expected);
  });
});

describe('goods', () => {
  it.each([
    ['给一大队每人发藿香正气水2盒、84消毒液1瓶', '藿香正气水2盒 84消毒液1瓶'],
    ['给一大队每人发藿香正气水2盒、\n84消毒液1瓶、\n毛巾一条', '藿香正气水2盒 84消毒液1瓶 毛巾1条'],
    ['给一大队每人发两瓶矿泉水和一条毛巾', '矿泉水2瓶 毛巾1条'],
    ['给一大队每人发N95口罩5个，3M手套1双', 'N95口罩5个 3M手套1双'],
    ['让一大队派人来领矿泉水20箱', '? not-simple'],
    ['一大队领矿泉水共20箱', '? not-simple'],
  ])('%s', (text, expected) => {
    const items = outcome(pickItems(say(text, 'admin'), 'each'));
    expect(
      typeof items === 'string'
        ? items
        : items.map(({ name, quantity, unit }) => `${name}${quantity}${unit}`).join(' '),
    ).toBe(expected);
  });

  it.each([
    ['入库 藿香正气水 30盒 有效期2027-05-31', '2027-05-31'],
    ['入库 藿香正气水 30盒 有效期至2027年5月', '2027-05-31'],
    ['入库 藿香正气水 30盒 有效期27-05-31', '2027-05-31'],
    ['入库 藿香正气水 30盒 有效期20270531', '2027-05-31'],
    ['入库 藿香正气水 30盒 保质期到2027.5.31', '2027-05-31'],
    ['入库 藿香正气水 30盒 效期:202705', '2027-05-31'],
    ['入库 藿香正气水 30盒，2027-05-31到期', '2027-05-31'],
    ['入库 藿香正气水 30盒 有效期2027-02-30', undefined],
    ['入库 藿香正气水 30盒 效期20271301', undefined],
    ['入库 藿香正气水 30盒 保质期24个月', undefined],
  ])('%s', (text, day) => {
    const reading = say(text, 'keeper');
    expect(reading.of('expiry').map((slot) => slot.day)).toEqual([day]);
    expect(reading.of('item').map(({ name, quantity }) => `${name}${quantity}`)).toEqual(['藿香正气水30']);
    expect(reading.intents.ranked[0]?.name).toBe('stock.in');
  });
});

describe('a forwarded notice', () => {
  const notice = (body: string) =>
    `关于组织党纪知识测试的通知\n各党支部：\n${body}\n三、各支部于11月30日前将参加人员名单报政治处；\n四、未参加的将予以通报。联系人：小陶，内线8123。\n办公室\n2026年11月27日`;

  it.each([
    '一、全体党员于12月3日15:00—16:00参加线上测试；\n二、试题共50道，答题时间45分钟，80分合格；',
    '一、12月3日下午3点到4点组织全体党员考试；\n二、50题，限时45分钟，及格线80分；',
    '一、时间：12月3日15:00至16:00，对象：全体党员；\n二、题量50道，45分钟交卷，达到80分及格；',
  ])('%s', (body) => {
    const reading = say(notice(body), 'admin');
    const window = outcome(pickWindow(reading));
    expect(reading.intents.ranked[0]?.name).toBe('quiz.exam');
    expect(typeof window === 'string' ? window : [window.opens?.at, window.closes?.at]).toEqual([
      calendar.at('2026-12-03', '15:00'),
      calendar.at('2026-12-03', '16:00'),
    ]);
    expect([
      outcome(pickQuestionCount(reading, 'quiz-topic')),
      outcome(pickMinutes(reading)),
      outcome(pickPass(reading)),
    ]).toEqual([50, 45, 80]);
    expect(audienceOf(notice(body), 'admin')).toBe('支队 member probationary');
  });
});

describe('links and topics', () => {
  it.each([
    ['请全体党员12月3日前学习公报(https://example.gov.cn/a)', 'https://example.gov.cn/a', '公报'],
    ['请全体党员12月3日前学习公报（https://example.gov.cn/a）。', 'https://example.gov.cn/a', '公报'],
    ['请全体党员12月3日前学习[公报](https://example.gov.cn/a)', 'https://example.gov.cn/a', '公报'],
    [
      '请全体党员12月3日前学习公报，链接：https://example.gov.cn/a?x=1&y=2，谢谢',
      'https://example.gov.cn/a?x=1&y=2',
      '公报',
    ],
    ['请全体党员12月3日前学习公报 https://example.gov.cn/wiki/A_(b) ', 'https://example.gov.cn/wiki/A_(b)', '公报'],
  ])('%s', (text, href, topic) => {
    const reading = say(text);
    expect([outcome(pickLink(reading)), outcome(pickTopic(reading))]).toEqual([href, topic]);
  });

  it('takes the address behind the words of a post', () => {
    const text = '学习通知\n请全体党员12月3日前学习公报';
    const reading = read(
      { text, links: [{ at: text.length - 2, length: 2, href: 'https://example.gov.cn/a' }] },
      as('secretary'),
    );
    expect([outcome(pickLink(reading)), outcome(pickTopic(reading))]).toEqual(['https://example.gov.cn/a', '公报']);
    expect(reading.intents.ranked[0]?.name).toBe('study.publish');
  });
});

describe('odd writing', () => {
  it.each([
    '请全体党员１２月３日１８：００前学习《规定》',
    '\u200b请全体党员12月3日18:00前学习《规定》',
    '@所有人 请全体党员12月3日18:00前学习《规定》',
    '请全体党员于\u202a12月3日\u202c 18:00前学习《规定》',
    '请全体党圆12月3日18：00前学习《规定》',
  ])('%j', (text) => {
    const reading = say(text);
    const due = outcome(pickDeadline(reading));
    expect(reading.intents).toMatchObject({
      is: 'sure',
      ranked: [{ name: 'study.publish' }, ...reading.intents.ranked.slice(1)],
    });
    expect(typeof due === 'string' ? due : due.at).toEqual(calendar.at('2026-12-03', '18:00'));
    expect(audienceOf(text)).toBe('(own) member probationary');
  });
});

describe('a person', () => {
  const lexiconName = (id: string) => LEXICON.people.find((one) => one.id === id)?.name;
  const personIn = (text: string) => {
    const picked = pickPerson(say(text));
    return picked.is === 'one' ? lexiconName(picked.value.id) : outcome(picked);
  };
  it.each([
    ['提名谢朝歌', '谢朝歌'],
    ['提名 xiezhaoge', '谢朝歌'],
    ['@谢朝歌 明天请假', '谢朝歌'],
    ['谢朝歌（一大队）明天请假', '谢朝歌'],
    ['一大队谢朝歌明天请假', '谢朝歌'],
    // A slip and a nickname are asked about.
    ['提名谢朝哥', '? unknown'],
    ['老潘下午请假', '? several'],
    ['谢朝歌和邹允中明天请假', '? several'],
  ])('%s', (text, expected) => {
    expect(personIn(text)).toBe(expected);
  });

  it('is known by the id of a mention, whatever the name', () => {
    const { id } = personOf('魏维清');
    const reading = read(
      { text: '@小魏 明天请假', mentions: [{ at: 0, length: 3, name: '小魏', id }] },
      as('secretary'),
    );
    expect(outcome(pickPerson(reading))).toMatchObject({ id });
  });
});

describe('what comes again', () => {
  it.each([
    ['每月10日提醒本支部开展主题党日', 10],
    ['每个月的最后一天提醒开党小组会', 31],
    ['每月底提醒本支部上党课', 31],
    ['每季度最后一个月20号组织党课', '? not-simple'],
    ['每月15、30号各提醒一次集中学习', '? not-simple'],
    ['每两个月10号提醒学习', '? not-simple'],
    ['每周五提醒学习', '? not-simple'],
  ])('%s', (text, expected) => {
    expect(outcome(pickDayOfMonth(say(text)))).toBe(expected);
  });
});

describe('a deadline', () => {
  it.each([
    ['请全体党员12-08前学习党章', '2026-12-08 18:00'],
    ['请全体党员限两天学完党章', '2026-11-29 18:00'],
    ['请全体党员12月8日前完成党章学习，12月10日前上报学习总结', '2026-12-08 18:00'],
    ['请全体党员学习11月20日会议精神，12月8日前完成', '2026-12-08 18:00'],
    ['请全体党员12月8日前学习党章，12月9日支队将进行抽查', '2026-12-08 18:00'],
    ['请全体党员12月8日前学习党章，12月10日前完成测试', '? several'],
    ['请全体党员12月5日（周五）前学习党章', '? other-weekday'],
    ['请全体党员周五（12月5日）前学习党章', '? two-dates'],
    ['请全体党员11月31日前学习党章', '? no-such-day'],
    ['请全体党员尽快学习党章', '-'],
  ])('%s', (text, expected) => {
    const due = outcome(pickDeadline(say(text)));
    expect(typeof due === 'string' ? due : `${calendar.dayOf(due.at)} ${calendar.timeOf(due.at)}`).toBe(expected);
  });
});

describe('what was not used', () => {
  it.each([
    ['请全体党员12月3日前学习党章，每人不少于2小时，带笔记本1个', ['2小时']],
    ['提醒一大队全体民警12月3日前学习党章，张三丰除外', ['张三丰除外']],
    ['入库 藿香正气水 30盒 有效期2027-02-30', ['有效期2027-02-30']],
  ])('%s', (text, expected) => {
    const reading = say(text);
    const used = [
      pickDeadline(reading),
      pickAudience(reading),
      pickTopic(reading),
      pickItems(reading, 'total'),
    ].flatMap((picked) => (picked.is === 'one' ? picked.used : []));
    expect(reading.unused([...used, ...reading.of('item')])).toEqual(expect.arrayContaining(expected));
  });

  it('is nothing where all was', () => {
    const reading = say('请全体党员１２月３日前学习党章');
    const used = [pickDeadline(reading), pickAudience(reading), pickTopic(reading)].flatMap((picked) =>
      picked.is === 'one' ? picked.used : [],
    );
    expect(reading.unused(used)).toEqual([]);
  });

  it('is quoted as it was written', () => {
    expect(say('请全体党员１２月３日前学习党章').unused([])).toEqual(['全体党员', '１２月３日前']);
  });
});
