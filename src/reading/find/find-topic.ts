/** Finds what is to be learnt, or was: the matter of a sentence, whose words no list can know. */
import type { Span } from '../normalise.ts';
import { type Sheet, TAKEN } from '../sheet.ts';
import type { Slot } from '../slots.ts';

/** A stretch that can be the matter; `score` says how surely. What is only left over in a clause of its own scores lowest. */
export type Topic = Span & { score: number };

/** Below this a topic is a leftover, fit only for what was held and wants a subject. */
export const LEFTOVER = 1;

const LABEL =
  /(?<!(?:围绕|结合|对照|按照|根据|针对)(?:学习|活动|会议)?)(?:(?:学|讲|听)的(?=是)|(?<=^|[\s,])(?:学|讲|听)的(?=[\p{Script=Han}《“]{3})(?!时|人|同志|内容|都|也)|(?:学习|活动|会议|党课|课程|宣讲|竞赛|考试)?(?:内容|题目|(?<!第一)议题|课题)|(?:议|研究|讨论)的(?=是)|(?:学习|活动|会议|党课)?主题(?!党日|教育|活动))\s*(?:是|为|:|围绕)?\s*(?<topic>[^\s:].*)$/u;
const COLON = /(?:学习|活动|党日|党课|会议?|大家|议题|任务|通知|提醒|题目)\s*:\s*(?<topic>.+)$/u;
const TAIL_OF_TITLE =
  /^(?:第[一二三四五六七八九十\d]+[章节卷条篇讲部集]|前?[一二三四五六七八九十两\d]+[章节卷条篇讲集]|\p{Script=Han}{2,6}(?:编|部分|章|篇|修订要点|要点)(?![\p{Script=Han}])|[、和及与])*/u;
const TAKE =
  /[把将](?<topic>.+?)(?:学习(?:完|一下|好)|学一下|学完|学好|学了|学一学|学一遍|看完|看一下|看了|看一看|[看学读][一两三]遍|阅看|传阅|读完|读一下|读一遍|重温(?:一遍|一下)?|温习|背熟|补学|补看|补读|补齐|补完|完成|过一遍|学透|自学完|学习)/u;
/** 安全生产法那个课件下周三晚上8点前看完: what stands before the date at the beginning of a clause. */
const BEFORE = new RegExp(
  `^[\\s${TAKEN}]*(?<topic>(?!请|务必|要求|麻烦|各|大家|全体|我|你|于|帮|替|跟|给|通知|提醒|告诉|叫|让|嗯|那个|发|布置|搞|弄)[\\p{Script=Han}“”\\d·]{4,24}?)(?:那个|这个)?(?:课件|视频|材料|文件|文章)?${TAKEN}+\\s*(?:都要?|务必|全部|要|得)*(?:看完|学完|读完|学一下|看一下|学好|自学完|刷完)`,
  'u',
);
const VERB =
  /(?:学习(?:贯彻|宣传|领会)?(?!强国|通[上里平]|任务|情况|进度|台账|计划|重点|时间|平台|通知|内容|总结|笔记|心得|小组|人数|联络员|骨干|委员|对象)|自学|学完(?!后|之后|以后)|学好|学一下|学(?![习员校院会分完])|收看|观看|看完|看一下|看看(?!谁|哪|有|还|我|大家)|看(?!看)|阅读|读完|研读|阅看|传阅|重温|温习|领会|背诵|读(?![书])|完成(?!时[间限]|期限|日期|情况|后|任务|截图)|参观|宣讲|讨论(?!会)|通过了|审议|研究(?!院|生|室|了)|领学|精读|传达)(?:了|完|好|一下|下|一遍|几遍)?\s*(?<topic>.+)$/u;
const TAIL =
  /(?:[的]?(?:专题|业务|集中|线上|网上|理论|网络|知识)?(?:学习(?!纲要|贯彻|笔记|规则|材料|读本)|自学|观看|收看|阅读|培训|答题|考试|测试)|学习?一下|学一下|看一下|一遍|任务|活动|提意见|吧|呢|哈|啊|哦|了|都|的|并|等|应于|请于|于|应|须|请|在|需|将|要|并于)+$/u;
const NO_TOPIC =
  /^(?:点.{0,4}(?:完成|确认|按钮)|[时期]限|(?:至少|最少|再)?[一二两三四五\d]+[遍次]|(?:时间|地点|日期|方式|对象|范围|人员|参加人员|主持人?|记录人?)(?:是|为|在)?$|[^,。]{0,4}(?:登记|记|补)(?:上|下来|一下)$|这个|这些|那个|以下|下面|如下|上述|任务|情况|进度|相关|有关|内容|材料|心得|体会|截图|请?予以?登记|(?:嗯|那个|帮我|麻烦)?(?:发|布置|搞|弄|下|来)个?|[^,。]{1,6}(?:都|全)(?:到了?|到齐了?|来了?|参加了?)|本职|工作|之前|完毕|一次|活动|学习|课程|要求|时间|它|一下|后|笔记|题|登记下?|汇报|会)[内的]?(?:内容|材料|链接|文件|文章|视频)?$/u;
/** Two characters are a law by its short name, or a word that is left over: 就行, 研究. */
const TOO_SHORT = /^\p{Script=Han}?[^章法史规纪令例报告话神书课文件稿册片篇策]$/u;
/** What ends so is people, not a matter. */
const WHO =
  /^(?!.*(?:慰问|走访|看望|帮|关爱|培养|研究|学习|讨论|接收|发展|评议|转正|审议|表决|吸收)).*(?:[大中]队|[一二三四五六七八九十\d]班|支部|全体|人员|同志|党员|民警|辅警)$/u;
const TOLD = /召开|举行|轮训|报告会|研究了|部署会|抽查|督[查导]/u;
const REASON = /^(?:根据|按照|按|为了?|依据|结合|鉴于)|的通知$|^关于/u;
/** 到红船纪念馆开展主题党日: where it was is what it was about. */
const GONE_TO =
  /(?:到|去|赴|前往)(?<topic>[\p{Script=Han}]{3,16}?)(?:开展|组织|进行|搞|办)|(?:到|去了?|赴|前往)(?<gone>[\p{Script=Han}]{2,8}?(?:祭扫|扫墓|参观|瞻仰|学习|研学|慰问|宣讲|义务劳动|打扫|走访))/u;
/** 到地铁施工点开展志愿疏导: what was done there, where that says more than the kind. */
const DONE_THERE =
  /(?:开展|组织|进行|参加)了?(?<topic>\p{Script=Han}{2,14}?(?:疏导|服务|宣传|宣讲|慰问|演练|义诊|清扫|劳动|巡逻|走访|帮扶))(?:活动)?/u;
/** What is to be done besides, behind what is to be learnt. */
const AND_MORE =
  /(?<=\p{Script=Han}{2})(?:学习)?[并且](?:且)?(?:准备|撰写|提交|上?交|写|报送?|上报|完成|做好|形成|发言|反馈).*$/u;
/** A sentence behind a colon, not a topic. */
const ASKS = /^\s*(?:请|麻烦|烦请|各|大家|全体|通知|提醒|安排|组织|开展|登记|补登|发|务必|关于|把|将|拟|现|为)|[。;]/u;
const ASKED = /请|组织|要求|安排|务必|应|提醒/u;

/** Every stretch that can be the topic, the surest first. Reads past what is claimed only where it is a title, a term or a number. */
export function findTopics(sheet: Sheet, slots: Slot[]): Topic[] {
  const holes = slots.filter(
    ({ kind, ...slot }) =>
      ('of' in slot && slot.of === 'reflection') ||
      (['when', 'audience', 'link', 'duration', 'lead', 'recurrence', 'score', 'item'].includes(kind) &&
        !('role' in slot && slot.role === 'background')),
  );
  const seen = blank(sheet, holes, slots);
  const topics: Topic[] = [];
  for (const clause of clausesOf(sheet.text, slots)) {
    const text = seen.slice(clause.start, clause.end);
    const hasDate = slots.some(
      (slot) =>
        slot.kind === 'when' && slot.role === 'deadline' && slot.start >= clause.start && slot.end <= clause.end,
    );
    const bonus =
      (hasDate ? 2 : 0) + (ASKED.test(text) ? 1 : 0) - (TOLD.test(text) ? 3 : 0) - (REASON.test(text.trim()) ? 3 : 0);
    const isForm = (span: Span) =>
      slots.some(
        (slot) =>
          slot.kind === 'term' &&
          (slot.isForm || slot.of === 'reflection') &&
          slot.start <= span.start &&
          span.end <= slot.end,
      );
    const add = (from: number, words: string, score: number) => {
      const trimmed = trim(words);
      if (!trimmed || NO_TOPIC.test(trimmed.text) || WHO.test(trimmed.text) || TOO_SHORT.test(trimmed.text)) return;
      const start = clause.start + from + trimmed.start;
      const span = { start, end: start + trimmed.text.length };
      if (!isForm(span)) topics.push({ ...span, score: score + bonus });
    };
    const find = (pattern: RegExp, score: number) => {
      const match = pattern.exec(text);
      const topic = match?.groups?.topic ?? match?.groups?.gone;
      if (match && topic !== undefined) add(match.index + match[0].lastIndexOf(topic), topic, score);
    };
    find(LABEL, 7);
    const colon = COLON.exec(text)?.groups?.topic ?? '';
    if (!ASKS.test(colon) && !new RegExp(`${TAKEN}[^${TAKEN}\\s]`, 'u').test(colon)) find(COLON, 6);
    for (const slot of slots) {
      if (slot.kind !== 'title' || slot.start < clause.start || slot.end > clause.end) continue;
      if (/(?:根据|按照|依据|按|落实)[^,]{0,4}$/.test(text.slice(0, slot.start - clause.start))) continue;
      const from = slot.start - clause.start;
      const tail = TAIL_OF_TITLE.exec(text.slice(slot.end - clause.start))?.[0].replace(/[、和及与]+$/u, '') ?? '';
      const next = slots.find(
        (other) =>
          other.kind === 'title' &&
          other.start > slot.end &&
          /^[、和及与]$/.test(sheet.text.slice(slot.end, other.start)),
      );
      add(from, text.slice(from, (next?.end ?? slot.end) - clause.start + (next ? 0 : tail.length)), 6);
    }
    find(TAKE, 5);
    find(BEFORE, 4);
    find(DONE_THERE, 3.5);
    find(GONE_TO, 3);
    for (let rest = 0; rest < text.length; ) {
      const match = VERB.exec(text.slice(rest));
      const topic = match?.groups?.topic;
      if (!match || topic === undefined) break;
      const from = rest + match.index + match[0].length - topic.length;
      const before = topics.length;
      add(from, topic, 4);
      if (topics.length > before) break;
      rest = from;
    }
    const own = trim(text);
    if (own && /^\p{Script=Han}{3,20}$/u.test(own.text) && !text.includes(TAKEN))
      add(text.indexOf(own.text), own.text, LEFTOVER - bonus);
  }
  return topics.sort((a, b) => b.score - a.score || a.start - b.start);
}

/** The text with holes where no topic can stand; what is claimed and is no hole shows through. */
function blank(sheet: Sheet, holes: Span[], slots: Slot[]): string {
  const out = sheet.rest().split('');
  for (const { start, end } of slots) for (let at = start; at < end; at += 1) out[at] = sheet.text.charAt(at);
  for (const { start, end } of holes) out.fill(TAKEN, start, end);
  return out.join('');
}

/** Clauses, parted by punctuation that stands in no title; two words that a space parts are two as well. */
function clausesOf(text: string, slots: Slot[]): Span[] {
  const inTitle = (at: number) => slots.some((slot) => slot.kind === 'title' && slot.start <= at && at < slot.end);
  const clauses: Span[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const isBreak =
      at === text.length ||
      (/[,。;!?\n]/.test(text.charAt(at)) && !inTitle(at)) ||
      (text.charAt(at) === ' ' &&
        /[\p{Script=Han}》\d]/u.test(text.charAt(at - 1)) &&
        /[\p{Script=Han}《\d]/u.test(text.charAt(at + 1)) &&
        !inTitle(at));
    if (!isBreak) continue;
    if (at > start) clauses.push({ start, end: at });
    start = at + 1;
  }
  return clauses;
}

/** Without holes, punctuation and verbs at either end; undefined when nothing of two characters is left. */
function trim(words: string): { text: string; start: number } | undefined {
  const lead =
    new RegExp(
      `^(?:[\\s${TAKEN}:、,.()]|(?:专题|集中|议题)?学习(?=:)|(?:传达|学习)了|关于|一下|了|完|好|的是|围绕)+`,
      'u',
    ).exec(words)?.[0].length ?? 0;
  let text = (words.slice(lead).split(TAKEN)[0] ?? '').replace(AND_MORE, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(TAIL, '').replace(/[\s:、,.([;]+$/u, '');
    if ((text.match(/\(/g) ?? []).length < (text.match(/\)/g) ?? []).length) text = text.replace(/\)$/, '');
    // (链接 whose address is a slot of its own.
    if ((text.match(/\(/g) ?? []).length > (text.match(/\)/g) ?? []).length) text = text.replace(/\([^(]{0,6}$/u, '');
  }
  return text.length >= 2 ? { text, start: lead } : undefined;
}
