/** Finds the parts of a text that are no request of it: who signed it and when, whom to ring up, numbering, courtesy. */
import type { Span } from '../normalise.ts';
import { matches, type Sheet } from '../sheet.ts';

export type Part = Span & { part: 'command' | 'signature' | 'contact' | 'numbering' | 'courtesy' };

const SIGNER = String.raw`[^\n,。:;!?《》“”]{1,24}?(?:支部|支队|大队|中队|总支|党委|处|科|所|局|办公室|室|组|委员会)`;
const DATE = String.raw`(?:\d{4}|[〇零一二三四五六七八九]{4})\s*[年./-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[月./-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?`;
const SIGNATURE = new RegExp(
  String.raw`(?<=[\n。!;])\s*(?:${SIGNER}\s*(?:\n|\s)\s*)?${DATE}\s*$|(?<=\n)\s*${SIGNER}\s*$`,
  'u',
);
const CONTACT = /(?:联系人|联系电话|联系方式|咨询电话|咨询|联系|电话|内线)(?:人|电话)?\s*[::][^。;\n]*/gu;
const NUMBERING =
  /(?<=^|\n|[;。])\s*(?:\(?[一二三四五六七八九十]{1,3}[、.)](?!\d)|\(?\d{1,2}(?:[、)]|\.(?!\d))|[①-⑳]|第[一二三四五六][,、:])\s*/gu;
const COURTESY =
  /(?:收到|阅后)?请(?:大家|各位|及时)?(?:回复|互相转告|相互转告|知悉|周知)|收到请?回复|特此通知|(?:现就有关事项|现将有关事项|现)?通知如下|谢谢(?:大家|配合|支持|啦|了)?|感谢(?:配合|支持)?|辛苦(?:大家|各位|了|啦)*|麻烦(?:大家|各位)?(?:了|您|你)?(?![\p{Script=Han}])|拜托了?|多谢|请知悉|请周知/gu;

/** Claims the parts. The signature goes first, so that its unit and its date are nobody's field. */
export function findParts(sheet: Sheet): Part[] {
  const found: Part[] = [];
  const signature = SIGNATURE.exec(sheet.rest());
  const add = (part: Part['part'], { start, end }: Span) => {
    if (sheet.claim({ start, end })) found.push({ start, end, part });
  };
  if (signature && sheet.text.slice(0, signature.index).trim() !== '')
    add('signature', { start: signature.index, end: signature.index + signature[0].length });
  for (const span of matches(sheet, CONTACT)) add('contact', span);
  for (const span of matches(sheet, NUMBERING)) add('numbering', span);
  for (const span of matches(sheet, COURTESY)) add('courtesy', span);
  return found;
}
