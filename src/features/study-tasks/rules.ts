/** Pure decisions about study tasks: what a draft lacks, what speaks against it, which reflection is taken. */
import { DAY_MS } from '../../basics/durations.ts';
import { objectToLength } from '../../cards/form-values.ts';
import type { Draft as DraftOf } from '../../publication/contract.ts';
import { type Kind, MAX_REFLECTION_CHARACTERS, type Reflection } from './schema.ts';

/** What a study task is about. */
export type Content = { kind: Kind | null; topic: string | null; link: string | null; reflection: Reflection };

/** What a secretary has said of a task so far. */
export type Draft = DraftOf<Content>;

export const EMPTY: Draft = {
  ...{ kind: null, topic: null, link: null, reflection: 'optional' },
  ...{ audience: null, opensAt: null, dueAt: null },
};

/** Why a draft cannot stand as it is, as a sentence that says what to do; undefined when nothing speaks against it. */
export function findObjection(draft: Draft, now: Date): string | undefined {
  if (draft.link && !isWebAddress(draft.link)) return '学习链接要以 http:// 或 https:// 开头，请改正后再提交。';
  if (draft.dueAt && draft.dueAt <= now) return '完成时间已经过去，请选一个以后的时间。';
  if (draft.dueAt && draft.dueAt.getTime() - now.getTime() > 366 * DAY_MS) return '完成时间在一年以后，请核对年份。';
  return undefined;
}

/** Why a reflection cannot be taken, or undefined. The limit is that of Feishu's input. */
export function objectToReflection(text: string, wanted: Reflection): string | undefined {
  const tooLong = objectToLength(text, MAX_REFLECTION_CHARACTERS, '心得');
  if (tooLong) return tooLong;
  if (wanted === 'required' && text === '') return '这项学习需要写心得，请填写后再按“我已完成”。';
  return undefined;
}

/** Whether a link is one that Feishu opens: http or https, with a host. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 1000;
}
