/** What comes in from outside: values of buttons, forms and job payloads, and the words for the kinds of study. */
import { z } from 'zod';
import { filled, PickedInstant } from '../../cards/form-values.ts';

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

/** Whom a task is for: Party members or everyone, of a branch, a unit with those below it, or the detachment. */
export type Audience = { kind: 'branch' | 'unit' | 'detachment'; id: string | null; who: 'members' | 'everyone' };

/** Whom of a branch or unit a task is for, in words. */
export const WHO = { members: '全体党员', everyone: '全体人员' } as const;

/** An audience on the wire, as a form's selector carries it: `branch:members:<id>`. */
export const AudienceText = z
  .string()
  .regex(/^(branch|unit|detachment):(members|everyone):.*$/)
  .transform((text): Audience => {
    const [kind, who, ...id] = text.split(':');
    return { kind: kind as Audience['kind'], who: who as Audience['who'], id: id.join(':') || null };
  });

/** The text of an audience for a form's selector. */
export function writeAudience({ kind, who, id }: Audience): string {
  return `${kind}:${who}:${id ?? ''}`;
}

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
export const OpenValue = z.object({ task: z.uuid() });
