/** What the owner sets for quizzes. */
import { z } from 'zod';

export const QuizSettings = z.object({
  /** Whether persons may be ranked. */
  RANKINGS: z.enum(['off', 'on']).default('off'),
});
