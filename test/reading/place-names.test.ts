/** What units can be called, in a detachment of other names than the sample's. */
import { describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/reading/lexicon.ts';
import { nameAt, namePlaces } from '../../src/reading/names/place-names.ts';

const units = [
  '某市公安局交通警察支队',
  '秩序管理科',
  '科技信息化科',
  '事故处理科',
  '车辆管理所',
  '城区一大队',
  '城区二大队',
  '高速公路大队',
  '考试中心',
];
const LEXICON: Lexicon = {
  units: [
    ...units.map((name, index) => ({ id: name, name, parentId: index === 0 ? null : (units[0] ?? null) })),
    { id: '城区一大队一中队', name: '城区一大队一中队', parentId: '城区一大队' },
    { id: '城区二大队一中队', name: '城区二大队一中队', parentId: '城区二大队' },
  ],
  branches: [
    { id: 'b1', name: '车辆管理所第一党支部', unitId: '车辆管理所' },
    { id: 'b2', name: '车辆管理所第二党支部', unitId: '车辆管理所' },
  ],
  people: [],
  aliases: [{ said: '四大队', place: { kind: 'unit', id: '高速公路大队' } }],
};
const names = namePlaces(LEXICON);

/** The ids a form names, where it is named as a whole. */
function named(form: string): (string | null)[] {
  const hit = nameAt(names, form, 0);
  return hit?.length === form.length ? hit.named.places.map(({ id }) => id) : [];
}

describe('a place is named', () => {
  it.each([
    ['城区一大队', ['城区一大队']],
    ['城区1大队', ['城区一大队']],
    ['车管所', ['车辆管理所']],
    ['科信科', ['科技信息化科']],
    ['事故科', ['事故处理科']],
    ['秩序科', ['秩序管理科']],
    ['高速大队', ['高速公路大队']],
    ['四大队', ['高速公路大队']],
    ['4大队', ['高速公路大队']],
    ['车管所一支部', ['b1']],
    ['车管所第2党支部', ['b2']],
    ['交警支队', [null]],
    // Said from within: of several the writer's place decides.
    ['一中队', ['城区一大队一中队', '城区二大队一中队']],
    ['第一党支部', ['b1']],
    // Too short, or no numeral may fall out.
    ['大队', []],
    ['车所', []],
    ['车管所支部', []],
  ])('%s', (form, ids) => {
    expect(named(form)).toEqual(ids);
  });
});
