/** Whether a session can be recorded, and when two are the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identify,
  nameChanges,
  readNames,
  readSession,
  type Session,
} from '../../../src/features/study-sessions/ledger/rules.ts';

const BRANCH = '00000000-0000-4000-8000-000000000001';
const TODAY = '2026-11-23';
const FILLED = {
  kind: 'themed-party-day',
  heldOn: '2026-11-20 +0800',
  holder: BRANCH,
  host: '华若谷',
  topic: '参观警示教育基地',
  agenda: '',
  attendees: '38',
  names: '',
  minutes: '',
};
const read = (changes: Record<string, string>) => readSession({ ...FILLED, ...changes }, TODAY);

it('reads a form', () => {
  expect(read({})).toEqual({
    branchId: BRANCH,
    kind: 'themed-party-day',
    heldOn: '2026-11-20',
    host: '华若谷',
    topic: '参观警示教育基地',
    agenda: '',
    attendees: 38,
    names: [],
    minutes: '',
  });
});

describe('attendance', () => {
  it.each([
    [{ attendees: '３８' }, 38],
    [{ attendees: '', names: '张三、李四，王五' }, 3],
    [{ attendees: '2', names: '张三\n李四' }, 2],
  ])('%j is %i', (changes, count) => {
    expect(read(changes)).toMatchObject({ attendees: count });
  });

  it('reads back any list of names it wrote', () => {
    const name = fc.stringMatching(/^[\u4e00-\u9fa5·]{2,5}$/);
    fc.assert(
      fc.property(fc.array(name), fc.constantFrom('、', '，', ' ', '\n', '; '), (names, by) => {
        expect(readNames(names.join(by))).toEqual(names);
      }),
    );
  });
});

it.each([
  [{ kind: '', topic: '' }, '还差：学习类型、主题。'],
  [{ attendees: '' }, '还差：参加人数或名单。'],
  [{ host: ' ', attendees: '' }, '还差：主持人、参加人数或名单。'],
  [{ heldOn: '2026-11-24' }, '日期还没有到'],
  [{ heldOn: '2019-11-24' }, '只能补登2021年以来的学习'],
  [{ holder: 'centre-group' }, '这类会议由支部召开'],
  [{ kind: 'theory-study-center-group' }, '理论学习中心组学习由中心组开展'],
  [{ attendees: '很多' }, '参加人数请填一个数字'],
  [{ attendees: '0' }, '参加人数请填一个数字'],
  [{ attendees: '3', names: '张三、李四' }, '名单里有2人，人数填的是3人'],
  [{ topic: '学'.repeat(201) }, '主题最多200字，现在有201字'],
])('refuses %j', (changes, sentence) => {
  expect(() => read(changes)).toThrow(expect.objectContaining({ tell: expect.stringContaining(sentence) }));
});

describe('two sessions', () => {
  const base: Session = {
    branchId: BRANCH,
    kind: 'party-lecture',
    heldOn: TODAY,
    host: '',
    topic: '',
    agenda: '',
    attendees: 1,
    names: [],
    minutes: '',
  };
  const same = (one: Partial<Session>, other: Partial<Session>) =>
    identify({ ...base, ...one }) === identify({ ...base, ...other });

  it.each([
    [{ topic: '学习《纪律处分条例》' }, { topic: ' 学习 纪律处分条例。' }, true],
    [{ topic: 'ABC１' }, { topic: 'abc1' }, true],
    [{ topic: '第一讲' }, { topic: '第二讲' }, false],
    [{ branchId: null }, {}, false],
    [{ heldOn: '2026-11-22' }, {}, false],
    [{ kind: 'group-meeting' as const }, {}, false],
    [{ topic: '！' }, { topic: '？' }, false],
  ])('%j and %j are the same: %s', (one, other, is) => {
    expect(same(one, other)).toBe(is);
  });

  it('are the same whatever else differs, and tell what changed', () => {
    const other: Session = { ...base, host: '华若谷', attendees: 3, names: ['张三'] };
    expect(identify(base)).toBe(identify(other));
    expect(nameChanges(base, other)).toEqual(['主持人', '人数', '名单']);
    expect(nameChanges(base, base)).toEqual([]);
  });
});
