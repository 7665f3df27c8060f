/** Words that several cards of study tasks share. */
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
