/** Accounts for every character of a text once its slots are known. */
import type { Part } from './find/find-parts.ts';
import type { Topic } from './find/find-topic.ts';
import type { Plain, Span } from './normalise.ts';
import { written } from './normalise.ts';
import type { Matter, Piece, Residue } from './reading.ts';
import type { Slot } from './slots.ts';

/** Words that carry nothing by themselves. */
const GLUE =
  /[\s\p{P}\p{S}]+|请问|麻烦|烦请|帮忙?|帮我|请|务必|认真|及时|抓紧|尽快|按时|现在|目前|一下|一次|一篇|一个|这个|那个|这些|我们|咱们|大家|自己|以及|并且|并|然后|另外|同时|其中|每人|统一|要求|开始|内容|通知|事项|关于|进行|可以|需要|应当|应|就|也|还|又|再|了|的|地|得|着|过|和|与|及|或|在|于|从|由|向|对|把|将|给|让|到|为|按|吧|呢|啊|哈|哦|嗯|吗|呀|都|各|个|是|有|我|你|您|他|她|之|前|后|内|中|时|发|要|用|去|来|做|好|完|说|看/gu;

const MATTERS: [Matter, RegExp][] = [
  [
    'date',
    /\d[月日号:点时]|[月周](?:[底末初]|[一二三四五六日])|[明后昨今]天|星期|礼拜|[本这]个?[月周]|[年月]内|近期|上午|下午|晚上|期限|^(?:元旦|春节|除夕|清明|五一|端午|中秋|国庆)节?$|延后|改期/u,
  ],
  ['number', /\d|[一二两三四五六七八九十百](?:[个名人份道条次篇盒箱瓶件套元分]|$)|半/u],
  ['addressee', /(?:大队|中队|支部|小组|科|室)$|民警|辅警|党员|人员|同志|成员|^除|除外|不含|以外/u],
];
/** The commonest surnames, for a name that stands alone and is nobody's in the contacts. */
const NAME =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]\p{Script=Han}{1,2}$/u;

/** The pieces of the text, and among them what nothing explains. `cues` count where no slot stands, the topic where neither does. */
export function account(
  plain: Plain,
  slots: Slot[],
  parts: Part[],
  cues: Span[],
  topic: Topic | undefined,
): { pieces: Piece[]; residue: Residue[] } {
  const { text } = plain;
  const owner = new Array<Piece['is'] | undefined>(text.length).fill(undefined);
  const own = (span: Span, is: Piece['is']) => {
    for (let at = span.start; at < span.end; at += 1) owner[at] ??= is;
  };
  for (const slot of slots) own(slot, 'slot');
  for (const part of parts) own(part, 'part');
  if (topic) own(topic, 'topic');
  for (const cue of cues) own(cue, 'cue');
  for (const match of text.matchAll(GLUE)) own({ start: match.index, end: match.index + match[0].length }, 'glue');
  own({ start: 0, end: text.length }, 'residue');
  const edges = new Set(slots.flatMap(({ start, end }) => [start, end]));
  const pieces: Piece[] = [];
  owner.forEach((is, at) => {
    const last = pieces.at(-1);
    if (last && last.is === is && !edges.has(at)) last.end = at + 1;
    else pieces.push({ start: at, end: at + 1, is: is ?? 'residue' });
  });
  const residue = pieces
    .filter(({ is }) => is === 'residue')
    .map((piece): Residue => {
      const said = text.slice(piece.start, piece.end);
      const matters = MATTERS.find(([, pattern]) => pattern.test(said))?.[0] ?? (NAME.test(said) ? 'name' : undefined);
      return { start: piece.start, end: piece.end, text: written(plain, piece), ...(matters && { matters }) };
    });
  return { pieces, residue };
}

/** The slots and residue outside `used` that could matter, as they were written. */
export function listUnused(plain: Plain, slots: Slot[], residue: Residue[], used: Span[]): string[] {
  const isUsed = ({ start, end }: Span) => used.some((span) => span.start <= start && end <= span.end);
  const left = [...slots.filter(couldMatter), ...residue.filter(({ matters }) => matters)].filter(
    (span) => !isUsed(span),
  );
  return left
    .sort((a, b) => a.start - b.start)
    .map((span) => written(plain, span).trim())
    .filter((said) => said !== '');
}

/** Whether leaving a slot out changes what was asked: not what the text only tells of, nor a word that names the kind of thing. */
function couldMatter(slot: Slot): boolean {
  if (slot.kind === 'when') return slot.role !== 'background' && slot.role !== 'event';
  if (slot.kind === 'place') return slot.role === 'location' || slot.places.length === 0;
  if (slot.kind === 'person') return !slot.isSelf;
  // 一次考试, 一场比拼: no number is meant.
  if (slot.kind === 'number' && slot.value === 1 && /^[次场个项份套]$/u.test(slot.unit)) return false;
  return slot.kind !== 'term' && slot.kind !== 'title';
}
