/** What is private in a text is found, and what only looks like it is left alone. */
import { expect, it } from 'vitest';
import { findPrivateMarks, warnOfPrivateMarks } from '../../../../src/features/monthly-star/checking/private-marks.ts';

it.each([
  ['救助了晋A12345的驾驶人', '车牌号', '晋A12345'],
  ['京A·D1234', '车牌号', '京A·D1234'],
  ['京AD12345 是新能源小车', '车牌号', '京AD12345'],
  ['京A12345D 是新能源货车', '车牌号', '京A12345D'],
  ['苏 无此写法，苏E·9K8L2', '车牌号', '苏E·9K8L2'],
  ['粤B 1234挂', '车牌号', '粤B 1234挂'],
  ['川A1234学', '车牌号', '川A1234学'],
  ['鲁Ｂ１２３４５', '车牌号', '鲁B12345'],
  ['豫a12b45', '车牌号', '豫a12b45'],
  ['身份证11010519491231002X', '身份证号', '11010519491231002X'],
  ['号码 110105199012310021 的当事人', '身份证号', '110105199012310021'],
  ['号码 110105 19901231 0021', '身份证号', '110105 19901231 0021'],
  ['电话13812345678', '电话号码', '13812345678'],
  ['打（0351）7654321', '电话号码', '0351)7654321'],
  ['电话138 1234 5678', '电话号码', '138 1234 5678'],
  ['+86-138-1234-5678', '电话号码', '+86-138-1234-5678'],
  ['打0351-7654321', '电话号码', '0351-7654321'],
  ['在京津冀大会战中立功', undefined, undefined],
  ['全年查处1234567起', undefined, undefined],
  ['编号20261201000123456789', undefined, undefined],
  ['苏A级景区执勤', undefined, undefined],
  ['2026年12月1日18:00', undefined, undefined],
  ['G20高速123公里', undefined, undefined],
  ['拨打122、110', undefined, undefined],
])('%s → %s', (text, kind, found) => {
  expect(findPrivateMarks(text)).toEqual(kind ? [{ kind, text: found }] : []);
});

it('does not call an identity number a telephone number as well', () => {
  expect(findPrivateMarks('13812319900101123X').map(({ kind }) => kind)).toEqual(['身份证号']);
});

it('warns with what it found, and counts the rest', () => {
  expect(warnOfPrivateMarks('没有私密内容')).toBe('');
  expect(warnOfPrivateMarks('晋A12345 与 13812345678')).toBe(
    '发布前请删改：疑似车牌号“晋A12345”、电话号码“13812345678”',
  );
  const many = Array.from({ length: 7 }, (_, index) => `晋A1234${index}`).join('，');
  expect(warnOfPrivateMarks(many)).toContain('等7处');
});
