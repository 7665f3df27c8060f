/** Finds goods with their quantity: 藿香正气水2盒、84消毒液1瓶, 两瓶矿泉水, 保温杯每人一个. */
import type { Span } from '../normalise.ts';
import { type Sheet, TAKEN } from '../sheet.ts';
import type { ItemSlot } from '../slots.ts';
import { QUANTITY, readNumber } from './read-number.ts';

const UNITS =
  '公斤|千克|盒|箱|瓶|袋|包|件|套|条|个|支|双|份|提|桶|罐|顶|把|副|张|斤|升|床|台|块|枚|只|听|卷|组|本|贴|片|筒|打|米|板';
/** Without one of these, or a thing that is known, a text speaks of no goods, whatever is counted in it. */
const SPEAKS_OF_GOODS =
  /每人|每名|一人一|人手一|申领|盘了|扔了|还有\s*\d|各[发领配]|发放|领取|配发|[入出退补]库|入[^,。]{0,2}库|[记登收进][到进]?库|退回|退了|进货|[送拉运]来|拉回|一批|受潮|发霉|报废|销掉|实物|匀|实际|[丢少缺]了|到货|补货|采购|收到|[新刚运]到|进了|买了|报损|损坏|坏了|破了|过期|盘点|清点|调拨|调[到往给来过\d一两三四五六七八九十]|库存|还剩|只剩|实存|[来去]领|多领|[领拿借]走|物资|(?:给[^,。]{1,14}|再|各)发|派发|补发|(?:再加|加上|增加)[^,。]{1,8}(?:\d+|[一两二三四五六])[盒箱瓶袋包件套双副条]/;
/** What stands before a thing's name and is none of it. */
const LEAD =
  /^(?:账上|库里|那边|这边|那儿|这儿|要|需要?|缺|新进|刚才?|[送拉运]回?来|拿来|一批|这批|那批|每人|每名|每个人|一人(?=[发领一两\d])|人手|人均|(?:刚|已)?(?:收到|领到|买到|采购|支队|上级|统一)[^的]{0,8}[配发买购拨]来?的|各自|各|分别|统一|请|给|把|将|让|派人|改成|换成|改为|改到|换|改|(?:还要|再)?加上|再加|增加|再|又|先|新|共|一共|总共|合计|来|去|领取|多领|少领|领走|领|发放|配发|派发|补发|发(?![电光热])|配(?!件|线)|入库|出库|退库|退回|退还|退|归还|报损|报废|盘点|清点完毕|清点|盘库|调拨|调出|调(?:过[去来])?|转|搬|匀|挪|进货|新到|刚到|到货|运到|到|收到|进|采购|买|补货|登记|包括|包含|还有|另有|有|多|少|坏|破|丢|损坏|以及|和|及|与|用|拿走|拿|借走|借|了|的|我们|库里|仓库|库存|现在|实际|实存|结果|一下|还|:|\s)+/u;
/** What stands between a thing's name and its number. */
const STATE =
  /(?:受潮了?|发霉了?|磨损了?|报损|报废了?|丢失了?|盘点结果|[到进来]货了?|坏了?|破了?|损坏了?|破损了?|过期了?|变质了?|还剩|还有|现有|只剩|剩下|剩余?|余|丢了?|少了?|多了?|一?共|各|每人|人均|一人|人手|有|实存|实有|实际|过去|过来|领走了?|拿走了?|用了?|进了?|到了?|[:×x*\s])+$/u;
const COUNTED = new RegExp(
  `(?<count>${QUANTITY})\\s*(?<unit>${UNITS})(?!题|人|月|星期|小时|工作|学习|问题|支部|单位)`,
  'gu',
);
const ONE_WITHOUT_NUMBER = /(?<=[发领配])(?<unit>[个瓶件条把箱盒份套])(?=[\p{Script=Han}]{2})/gu;
/** Where a name that stands behind its number ends. */
const NAME_ENDS = new RegExp(`[调给去到从过坏破被都已放搬退还转没,、()\\s${TAKEN}]|报损|入库|出库|入账|没用|一下`, 'u');
const NAME = /^[\p{Script=Han}A-Za-z\d][\p{Script=Han}A-Za-z\d·()%+/-]{0,29}$/u;
/** What goods are in the end: 棉手套, 强光手电筒, 暖宝宝. */
const HEAD =
  /(?:[水药液油膏霜剂丸衣服裤鞋靴帽袖巾伞杯壶灯棒桶盾镜茶汤被褥垫扇冰糖奶包箱毯罩椅锥]|手套|脖套|头套|护膝|护具|背心|马甲|雨具|口罩|电筒|警戒带|暖宝宝|暖贴|创可贴|棉签|酒精|电池|充电宝|对讲机|记录仪|饮料|面包|方便面|饼干|咖啡|胶囊|颗粒|风油精|[人仁]丹|十滴水|围脖|标志牌|反光条|用品|装备|物资)$/u;
/** What says which sort, before goods that are known: 棉手套, 加厚雨衣. */
const SORT =
  /(?:[A-Za-z\d]{1,4}|一次性|医用|加[厚绒棉长大]|防[割滑寒水冻晒护暑刺毒尘]|反光|荧光|棉|厚|薄|绒|皮|线|纱|橡胶|帆布|冬季?|夏季?|长袖|短袖|连体|分体|警用|执勤|保暖|御寒|劳保|雪地|[大中小加]+号|[瓶桶袋盒]装|强光|充电|手持|便携|折叠|应急|新式?|旧)+$/u;
/** Things that are counted and are no goods. */
const NO_GOODS =
  /心得|体会|实事|好事|题|学习|课程|文章|视频|报告|材料|通知|小组|支部|单位|问题|意见|^[提写报记说]$|同志|人员|假$|^(?:\d+|[一二两三四五六七八九十百]+)[个名位]?人$|低于|少于|提醒/;

/**
 * Claims every item. `known` are things whose names need no guessing. `per` is what the sentence says: so many each, or in all;
 * `whole` is the text with the command's word.
 */
export function findItems(sheet: Sheet, known: RegExp[], whole = sheet.text): ItemSlot[] {
  if (!SPEAKS_OF_GOODS.test(whole) && !known.some((said) => said.test(whole))) return [];
  const text = sheet.rest();
  const found: ItemSlot[] = [];
  let past = 0;
  for (const clause of text.matchAll(new RegExp(`[^、,;。:\\n${TAKEN}]+`, 'gu'))) {
    const counts = [...clause[0].matchAll(COUNTED), ...clause[0].matchAll(ONE_WITHOUT_NUMBER)].sort(
      (a, b) => a.index - b.index,
    );
    let from = clause.index;
    counts.forEach((count, index) => {
      const at = { start: clause.index + count.index, end: clause.index + count.index + count[0].length };
      if (at.start < from) return;
      const until = clause.index + (counts[index + 1]?.index ?? clause[0].length);
      const name = nameOf(text, { clause: clause.index, from, past, at, until }, known);
      const quantity = count.groups?.count === undefined ? 1 : readNumber(count.groups.count);
      if (!name || Number.isNaN(quantity)) return;
      const whole = { start: Math.min(name.start, at.start), end: Math.max(name.end, at.end) };
      // 反光背心今天上午到货六十件: something else stands between the name and its number.
      const span = [whole, at].find((one) => sheet.claim(one));
      if (!span) return;
      from = span.end;
      past = span.end;
      const between = { start: name.end, end: span === at ? name.end : at.start };
      const said = {
        name: text.slice(name.start, name.end),
        quantity,
        unit: count.groups?.unit ?? '',
        per: perOf(sheet.text, span),
      };
      found.push({ ...span, kind: 'item', ...said, ...(between.end > between.start && { between }) });
    });
  }
  return found;
}

/**
 * The name that a number counts. Goods that are known as such go first, before the number or behind it, then whatever stands behind it (3个哨子);
 * then goods spoken of earlier in the sentence (矿泉水搬的时候摔破了一箱), and last what stands before it.
 */
function nameOf(
  text: string,
  { clause, from, past, at, until }: { clause: number; from: number; past: number; at: Span; until: number },
  known: RegExp[],
): Span | undefined {
  const before = nameBefore(text, { start: from, end: at.start }, known);
  const behind = nameBehind(text, { start: at.end, end: until }, known);
  const isGoods = ({ start, end }: Span) => HEAD.test(text.slice(start, end));
  const sentence = Math.max(past, text.slice(0, from).search(/[^。;\n]*$/u));
  return (
    [before, behind].find((name) => name && isGoods(name)) ??
    behind ??
    knownInClause(text, sentence, at.start, known) ??
    before ??
    nameInClauseBefore(text, clause, at.start, known)
  );
}

/** The name that ends before a number. */
function nameBefore(text: string, { start, end }: Span, known: RegExp[]): Span | undefined {
  const said = text.slice(start, end);
  const listed = findKnown(said, known);
  if (listed && said.length - listed.end <= 6) return { start: start + listed.start, end: start + listed.end };
  const stated = said.slice(0, said.length - (STATE.exec(said)?.[0].length ?? 0));
  const part = stated.split(/(?<=\p{Script=Han})[和及与]|\s+/u).at(-1) ?? '';
  const offset = stated.length - part.length;
  const lead = LEAD.exec(part)?.[0].length ?? 0;
  return toName(part.slice(lead), start + offset + lead);
}

/** The name that begins behind a number. */
function nameBehind(text: string, { start, end }: Span, known: RegExp[]): Span | undefined {
  const said = text.slice(start, end);
  const lead = /^[的\s]*/u.exec(said)?.[0].length ?? 0;
  const listed = findKnown(said, known);
  if (listed && listed.start <= lead) return { start: start + listed.start, end: start + listed.end };
  const rest = said.slice(lead);
  const stop = rest.search(NAME_ENDS);
  return toName(stop < 0 ? rest : rest.slice(0, stop), start + lead);
}

/** 领防寒手套，每人1副; 盘点矿泉水，实有260箱: the name stands at the end of the clause before. */
function nameInClauseBefore(text: string, clause: number, count: number, known: RegExp[]): Span | undefined {
  const between = text.slice(clause, count).trim();
  // 清凉油盘点结果：38盒.
  const isCounted = between === '' && /(?:盘点|清点)[^,。]{0,4}:\s*$/u.test(text.slice(0, clause));
  if (!isCounted && !/^(?:每人|每名|每个人|一人|人手|各|人均|实有|实存|还有|还剩|现有|一?共)$/u.test(between))
    return undefined;
  const end = text.slice(0, clause).search(/[,:，：]\s*$/u);
  const before =
    end < 0
      ? undefined
      : /(?:领取?|发放?|配发|派发|盘点|清点)(?:了|一下)?(?<name>(?!结果|情况)[\p{Script=Han}A-Za-z\d]{2,12})$/u.exec(
          text.slice(0, end),
        );
  const name = before?.groups?.name;
  if (name === undefined && end >= 0)
    return knownInClause(text, text.slice(0, end).search(/[^、,;。:\n]*$/u), end, known);
  return name === undefined ? undefined : nameBefore(text, { start: end - name.length, end }, known);
}

function knownInClause(text: string, start: number, end: number, known: RegExp[]): Span | undefined {
  const listed = findKnown(text.slice(start, end), known);
  return listed && { start: start + listed.start, end: start + listed.end };
}

function findKnown(said: string, known: RegExp[]): Span | undefined {
  const hits = known.flatMap((pattern) =>
    Array.from(said.matchAll(new RegExp(pattern.source, 'gu')), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const [last] = hits.sort((a, b) => b.end - a.end || a.start - b.start);
  if (!last) return undefined;
  const sort = SORT.exec(said.slice(0, last.start))?.[0].length ?? 0;
  return { start: last.start - sort, end: last.end };
}

function toName(said: string, start: number): Span | undefined {
  const name = said.trimEnd();
  return NAME.test(name) && !NO_GOODS.test(name) ? { start, end: start + name.length } : undefined;
}

function perOf(text: string, { start, end }: Span): ItemSlot['per'] {
  const sentence =
    text
      .slice(0, start)
      .split(/[。;\n]/)
      .at(-1) ?? '';
  const near = `${sentence}${text.slice(start, end + 4)}`;
  if (/每人|每名|每位|人均|一人[发领]?[一两\d]|人手|各[发领配]|每个人/.test(near)) return 'each';
  return /派人|派员|[一总合]?共|总计|全部/.test(near) ? 'total' : 'unsaid';
}
