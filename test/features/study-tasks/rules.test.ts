/** The rules of study tasks, by table and by property. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/cards/fields.ts';
import { form } from '../../../src/cards/form.ts';
import { draftFields } from '../../../src/features/study-tasks/forms.ts';
import {
  type Draft,
  findObjection,
  isWebAddress,
  objectToReflection,
} from '../../../src/features/study-tasks/rules.ts';
import { wholeOf } from '../../../src/people/audience/audience.ts';

const now = new Date('2026-11-23T10:00:00+08:00');
const complete: Draft = {
  kind: 'first-agenda-item',
  topic: '学习讲话',
  link: null,
  audience: wholeOf({ kind: 'branch', id: '1' }, 'members'),
  opensAt: null,
  dueAt: new Date('2026-12-04T18:00:00+08:00'),
  reflection: 'optional',
};

describe('a draft', () => {
  it('says what is missing in the order of the form', () => {
    const { missing } = form<Record<string, Field<unknown, boolean>>>(draftFields);
    expect(missing(complete)).toEqual([]);
    expect(missing({ ...complete, kind: null, topic: '', audience: null, dueAt: null })).toEqual([
      '学习类型',
      '学习内容',
      '参加范围',
      '完成时间',
    ]);
  });

  it.each([
    [{}, undefined],
    [{ dueAt: now }, '完成时间已经过去'],
    [{ dueAt: new Date('2028-01-01T00:00:00Z') }, '完成时间在一年以后'],
    [{ link: 'javascript:alert(1)' }, '学习链接要以 http:// 或 https:// 开头'],
    [{ link: 'https://example.gov.cn/a' }, undefined],
  ])('%j is objected to with %s', (change, sentence) => {
    const objection = findObjection({ ...complete, ...change }, now);
    if (sentence) expect(objection).toContain(sentence);
    else expect(objection).toBeUndefined();
  });

  it('takes no link but http and https', () => {
    fc.assert(fc.property(fc.string(), (text) => !isWebAddress(text) || /^https?:$/.test(new URL(text).protocol)));
  });
});

it.each([
  ['', 'none', undefined],
  ['', 'required', '这项学习需要写心得'],
  ['好', 'required', undefined],
  ['字'.repeat(1000), 'optional', undefined],
  ['字'.repeat(1001), 'optional', '心得最多1000字，现在有1001字'],
] as const)('a reflection %s where it is %s', (text, wanted, sentence) => {
  const objection = objectToReflection(text, wanted);
  if (sentence) expect(objection).toContain(sentence);
  else expect(objection).toBeUndefined();
});
