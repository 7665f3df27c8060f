/** What the owner sets for whatever is published. */
import { z } from 'zod';

export const PublicationSettings = z.object({
  /** A unit's leader hears of a publication when more than this share of those who could do it, 0 to 1, are open. */
  LEADER_NOTICE_SHARE: z.coerce.number().min(0).max(1).default(0.3),
});
