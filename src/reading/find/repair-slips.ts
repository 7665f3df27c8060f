/** Slips of the pen: a wrong character that sounds or looks like the right one, in the words that carry a sentence. */
import { soundsOf } from './find-people.ts';

/** Words worth repairing: common, two characters or more, and few others sound the same. */
const WORDS =
  '党员 民警 辅警 支部 大队 中队 学习 心得 体会 党课 党章 公报 通知 请假 休假 年假 销假 入库 报损 盘点 退库 调拨 库存 题库 考试 竞赛 比拼 答题 练习 提名 推荐 光荣榜 每月一星 主题党日 登记 台账 周报 导出 进度 催办 延期 撤回 实事 完成 截止 及格 领取 物资 发放 领取点 帮助 投诉 上午 下午 党纪 党规 纪律 八项规定 藿香正气水 清凉油 矿泉水 反光背心 每人发 每人领 交心得 写心得 学习强国 条例 章程 车管所 法制科 政治处 第一议题'.split(
    ' ',
  );

/** Characters that are taken for one another, by their looks or by those who do not hear -n from -ng. */
const LOOKALIKES = [
  '人入',
  '末未',
  '己已',
  '拔拨',
  '损捐',
  '盘盆',
  '第弟',
  '库车',
  '提题',
  '榜傍',
  '支枝',
  '帐账',
  '延廷',
  '日曰',
  '国囯',
  '名民',
];

/** Words by their sound, and by each way in which one of their characters is taken for another. */
const bySound = new Map<string, string[]>();
const byLooks = new Map<string, string[]>();
for (const word of WORDS) {
  add(bySound, soundsOf(word).join(' '), word);
  Array.from(word).forEach((right, at) => {
    for (const pair of LOOKALIKES) {
      if (!pair.includes(right)) continue;
      for (const wrong of pair.replace(right, ''))
        add(byLooks, `${word.slice(0, at)}${wrong}${word.slice(at + 1)}`, word);
    }
  });
}
const LENGTHS = [...new Set(WORDS.map(({ length }) => length))].sort((a, b) => b - a);
/** Words that sound as one of these and are right as they stand. */
const OTHERS =
  '全体 防寒 防护 防滑 防暑 防水 防刺 防冻 防晒 防汛 入党 积极 党籍 党际 实施 实时 史实 登机 物质 截至 通至 年价 联系'.split(
    ' ',
  );
const known = new Set([...WORDS, ...OTHERS]);

/**
 * The text with such slips mended, of the same length, so that places stay. A stretch is mended when it sounds as a word and shares a
 * character with it, or differs by one character that looks alike, and is not itself a part of a word that stands there.
 */
export function repairSlips(written: string): string {
  // 12月10曰.
  const text = written.replace(/(?<=[\d一二三四五六七八九十])曰/gu, '日');
  const sounds = soundsOf(text.replace(/[\u{10000}-\u{10ffff}]/gu, '  '));
  if (sounds.length !== text.length) return text;
  const out = text.split('');
  for (let at = 0; at < text.length; at += 1) {
    for (const length of LENGTHS) {
      const typed = text.slice(at, at + length);
      if (typed.length < length) continue;
      if (known.has(typed)) {
        at += length - 1;
        break;
      }
      const word = mend(typed, sounds.slice(at, at + length));
      if (!word || overlapsWord(text, at, length)) continue;
      for (let index = 0; index < length; index += 1) out[at + index] = word.charAt(index);
      at += length - 1;
      break;
    }
  }
  return out.join('');
}

function mend(typed: string, sounds: string[]): string | undefined {
  const alike =
    bySound.get(sounds.join(' '))?.filter((word) => Array.from(word).some((one, at) => typed[at] === one)) ?? [];
  const [word, ...others] = alike.length > 0 ? alike : (byLooks.get(typed) ?? []);
  return others.length === 0 && /^\p{Script=Han}+$/u.test(typed) ? word : undefined;
}

/** Whether a word that is right begins inside: 请假日 holds 请假. */
function overlapsWord(text: string, at: number, length: number): boolean {
  for (let start = Math.max(0, at - 3); start < at + length; start += 1) {
    if (start === at) continue;
    for (const other of LENGTHS) {
      if (start + other > at && known.has(text.slice(start, start + other))) return true;
    }
  }
  return false;
}

function add(map: Map<string, string[]>, key: string, word: string): void {
  map.set(key, [...(map.get(key) ?? []), word]);
}
