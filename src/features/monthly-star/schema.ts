/** What comes in from outside: values of buttons, forms and job payloads, and the words for the criteria. */
import { z } from 'zod';
import { filled, PickedInstant } from '../../cards/form-values.ts';
import { AudienceText } from '../../people/audience.ts';
import { STATES } from './rules.ts';

/** The four things a star is judged by, by the columns that hold what is said about them. */
export const CRITERIA = {
  firm: '政治坚定',
  skilled: '业务精通',
  conduct: '作风优良',
  recognised: '群众认可',
} as const;
export type Criterion = keyof typeof CRITERIA;
export const CRITERION_KEYS = Object.keys(CRITERIA) as Criterion[];

/** Feishu's own limit for an input of a form. */
export const MAX_TEXT_CHARACTERS = 1000;

const Text = z.string().trim().default('');
/** A select that takes several reports a list, one that takes one a string; nothing chosen is an empty list. */
export const Chosen = z.preprocess(
  (value) => (value === undefined || value === null || value === '' ? [] : [value].flat()),
  z.array(z.uuid()).max(100),
);

export const NoValue = z.object({});
export const OpinionValue = z.object({ opinion: z.enum(['clear', 'concern']) });
export const DeedValue = z.object({ deed: z.uuid() });
export const VerdictValue = z.object({ is: z.enum(['upheld', 'rejected']) });
export const PicturesValue = z.object({ nomination: z.uuid() });
export const CandidateValue = z.object({ candidate: z.string().regex(/^[0-9a-f-]{36}(:\d{1,3})?$/) });
export const PageValue = z.object({ page: z.coerce.number().int().min(0).max(1000).default(0) });
export const OpenValue = z.object({
  card: z.enum(['round', 'candidates', 'candidate', 'vote', 'decision', 'question', 'objection']),
  ref: z.string().regex(/^[0-9a-f-]{36}(:\d{1,3})?$/),
});

/** The form of a draft round. `posts`: one a line, with its number. */
export const RoundForm = z.object({
  posts: Text,
  audience: filled(AudienceText),
  nominateUntil: filled(PickedInstant),
  checkUntil: filled(PickedInstant),
  reviewUntil: filled(PickedInstant),
  voteUntil: filled(PickedInstant),
  hasVote: filled(z.enum(['yes', 'no'])),
  decideUntil: filled(PickedInstant),
  noticeDays: Text,
});
export const RescheduleForm = z.object({ until: filled(PickedInstant) });
export const ReasonForm = z.object({ reason: Text });

/** The form of a nomination. A draft may lack anything. */
export const NominationForm = z.object({
  sought: Text,
  nominee: filled(z.string().max(200)),
  post: filled(z.uuid()),
  firm: Text,
  skilled: Text,
  conduct: Text,
  recognised: Text,
  deeds: Chosen,
});
export type NominationForm = z.infer<typeof NominationForm>;

export const CheckForm = z.object({ post: filled(z.uuid()), statement: Text, reason: Text });
export const QuestionForm = z.object({ question: Text });
export const AnswerForm = z.object({ answer: Text });
export const OpinionForm = z.object({ opinion: Text });
export const DeedForm = z.object({ text: Text, doneOn: filled(z.string().regex(/^\d{4}-\d{2}-\d{2}/)) });
export const ObjectionForm = z.object({ candidate: filled(z.uuid()), text: Text });
/** The field of a post in the forms of vote and decision. */
export const choiceField = (sort: number) => `post${sort}`;

export const Tick = z.object({ slot: z.string() });
export const EndOfStep = z.object({ round: z.uuid(), state: z.enum(STATES) });
export const Announcement = z.object({
  round: z.uuid(),
  card: z.enum(['round', 'vote', 'notice', 'commendation']),
  reason: z.enum(['first', 'reminder']),
  after: z.string(),
});
export type Announcement = z.infer<typeof Announcement>;
