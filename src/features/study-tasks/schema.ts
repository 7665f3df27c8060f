/** What comes in from outside: values of buttons, forms and job payloads, and the words for the kinds of study. */
import { z } from 'zod';
import { filled, PickedInstant } from '../../cards/form-values.ts';
import { AudienceText } from '../../people/audience.ts';

/** The kinds of study, in the words of the office (see the glossary of terms in README). */
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

/** The form of a draft. Anything may be missing: the handler says what. */
export const DraftForm = z.object({
  kind: filled(Kind),
  topic: filled(z.string().trim()),
  link: filled(z.string().trim()),
  audience: filled(AudienceText),
  dueAt: filled(PickedInstant),
  reflection: filled(Reflection),
});
export type DraftForm = z.infer<typeof DraftForm>;

export const NoValue = z.object({});
export const Publication = z.object({ urgent: z.literal('yes').optional() });
export const ReflectionForm = z.object({ reflection: z.string().trim().default('') });
export const TaskPayload = z.object({ task: z.uuid() });
export const AnnouncePayload = z.object({ task: z.uuid(), after: z.string() });
export const RemindPayload = z.object({
  task: z.uuid(),
  moment: z.enum(['workday-before', 'morning']),
  after: z.string(),
});
export const NudgePayload = z.object({ task: z.uuid(), day: z.iso.date(), people: z.array(z.string()) });
export const WakePayload = z.object({ task: z.uuid(), person: z.string(), at: z.iso.datetime() });
export const OpenValue = z.object({ task: z.uuid() });

/** When a person wants to see the card again. */
export const Snooze = z.enum(['one-hour', 'after-work', 'tomorrow']);
export type Snooze = z.infer<typeof Snooze>;
export const SnoozeValue = z.object({ until: Snooze });

/** What the issuer may undo for a while. */
export const UndoableAct = z.enum(['publish', 'extend', 'withdraw']);
export type UndoableAct = z.infer<typeof UndoableAct>;
export const UndoValue = z.object({ act: UndoableAct });
