/** What comes in from outside: values of buttons and forms; and the words for the kinds of study. */
import { z } from 'zod';

/** The kinds of study, in the words of the office (see docs/glossary.md). */
export const KINDS = {
  'first-agenda-item': '第一议题学习',
  'theory-study-center-group': '理论学习中心组学习',
  'branch-themed-study': '支部专题学习',
  'group-discussion': '研讨交流',
  'online-platform': '线上平台学习',
  'themed-party-day': '主题党日',
} as const;
export type Kind = keyof typeof KINDS;
export const Kind = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]);

/** Whether a reflection (心得) is asked for. */
export const Reflection = z.enum(['none', 'optional', 'required']);
export type Reflection = z.infer<typeof Reflection>;
export const REFLECTIONS: Record<Reflection, string> = { none: '不需要', optional: '可写可不写', required: '必须填写' };

/** Feishu's own limit for an input of a form. */
export const MAX_REFLECTION_CHARACTERS = 1000;
export const MAX_TOPIC_CHARACTERS = 200;

export const TopicValue = z.object({ topic: z.string().trim().min(1).max(2_000) });
export const ReflectionForm = z.object({ reflection: z.string().trim().default('') });
