/** Words that several cards of study tasks share. */
import { formatInstant } from '../../calendar/format.ts';
import type { Reply, Turn } from '../../feature.ts';
import { countAll, type Tally } from './rules.ts';
import { KINDS, type Kind } from './schema.ts';

/** The kind of study in the words of the office. */
export function kindName(kind: string | null): string {
  return kind === null ? '学习任务' : (KINDS[kind as Kind] ?? '学习任务');
}

/** Who stands where, with the whole: 已完成 31 · 待完成 7 · 休假 2（共40人）. */
export function tallyWords(counts: Tally): string {
  const apart = [
    counts['on-leave'] && ` · 休假 ${counts['on-leave']}`,
    counts.unreachable && ` · 联系不上 ${counts.unreachable}`,
  ];
  return `已完成 ${counts.done} · 待完成 ${counts.open}${apart.filter(Boolean).join('')}（共${countAll(counts)}人）`;
}

/** What whoever pressed 催办 is told: how many were reminded, and when that reaches them if not at once. */
export function nudgeReply(turn: Turn, count: number): Reply {
  if (count === 0) return { toast: '没有需要催办的人：都已完成、休假、联系不上，或今天已经提醒过。' };
  const when = turn.policy.nextQuietPush(turn.now);
  const arrival = when > turn.now ? `，将于${formatInstant(when, turn)}起送达` : '';
  return { toast: `已提醒${count}人${arrival}。每人每天最多提醒一次。`, kind: 'success' };
}
