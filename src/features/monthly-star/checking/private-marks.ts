/** Finds what should not be published in a text about deeds: plate numbers, identity numbers, telephone numbers. */

export type PrivateMark = { kind: '车牌号' | '身份证号' | '电话号码'; text: string };

/** A province, a letter, and five or six further signs; GA 36-2018. A point or space is often written after the letter. */
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][\s·•.-]?[A-HJ-NP-Z][\s·•.-]?(?:[A-HJ-NP-Z0-9]{6}(?![A-Z0-9])|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳试超](?![A-Z0-9]))/gi;
/** Eighteen signs with a month and a day in the right place; GB 11643-1999. Often written in groups. The check digit is not asked for: a slip is private as well. */
const IDENTITY =
  /(?<!\d)[1-9]\d{5}[\s-]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\s-]?\d{3}[\dX](?![\dX])/gi;
/** A mobile number, written together or in groups, or a landline with its area code. */
const PHONE = /(?<!\d)(?:(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}|0\d{2,3}[)\s-]{0,2}[2-9]\d{6,7})(?!\d)/g;

/** Every private mark in a text, in the order of kinds; full-width signs count as their half-width twins. */
export function findPrivateMarks(text: string): PrivateMark[] {
  const plain = text.normalize('NFKC');
  const withoutIds = plain.replace(IDENTITY, '　');
  const all = (kind: PrivateMark['kind'], from: string, pattern: RegExp) =>
    [...from.matchAll(pattern)].map(([found]) => ({ kind, text: found }));
  return [...all('车牌号', plain, PLATE), ...all('身份证号', plain, IDENTITY), ...all('电话号码', withoutIds, PHONE)];
}

/** The warning for whoever is about to pass a text on; empty when there is nothing to warn about. */
export function warnOfPrivateMarks(text: string): string {
  const marks = findPrivateMarks(text);
  if (marks.length === 0) return '';
  const said = marks.slice(0, 5).map(({ kind, text: found }) => `${kind}“${found}”`);
  return `发布前请删改：疑似${said.join('、')}${marks.length > 5 ? ` 等${marks.length}处` : ''}`;
}
