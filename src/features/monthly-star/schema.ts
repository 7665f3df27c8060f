/** What comes in from outside: values of buttons and job payloads, and the words for the criteria. */
import { z } from 'zod';
import { refOf } from '../../sight.ts';
import { PagedText } from './card-ref.ts';
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

export const OpinionValue = z.object({ opinion: z.enum(['clear', 'concern']) });
export const DeedValue = z.object({ deed: z.uuid() });
export const VerdictValue = z.object({ is: z.enum(['upheld', 'rejected']) });
export const PicturesValue = z.object({ nomination: z.uuid() });
export const CandidateValue = z.object({ candidate: PagedText });
export const PageValue = z.object({ page: z.coerce.number().int().min(0).max(1000).default(0) });
export const OpenValue = z.object({
  card: z.enum(['round', 'candidates', 'candidate', 'vote', 'decision', 'question', 'objection']),
  ref: PagedText,
});

/** `<round>:<objection>`: the form of an objection, by the id that the objection will have. */
export const ObjectionFormRef = refOf({ round: z.uuid(), id: z.uuid() });
export const EndOfStep = z.object({ round: z.uuid(), state: z.enum(STATES) });
export const Announcement = z.object({
  round: z.uuid(),
  card: z.enum(['round', 'vote', 'notice', 'commendation']),
  reason: z.enum(['first', 'reminder']),
  after: z.string(),
});
export type Announcement = z.infer<typeof Announcement>;
