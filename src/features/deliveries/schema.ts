/** The refs of the cards about deliveries, and what their buttons carry. */
import { z } from 'zod';
import { Page } from '../../pager.ts';
import { AnyRef, refOf } from '../../sight.ts';

const PersonId = z.string().regex(/^[^\p{Cc},:]{1,100}$/u);

/** `<person>:0:<key>`: a page of what was sent to somebody. */
export const WaysRef = refOf({ person: PersonId, page: Page, key: AnyRef });
/** `0:<key>`: a page of one's own. */
export const OwnWaysRef = refOf({ page: Page, key: AnyRef });

/** More people than these nobody chooses from. */
export const MAX_CHOICES = 10;
/** `<person>,<person>`: who may be meant. */
export const PeopleRef = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(PersonId).max(MAX_CHOICES));
export const PersonValue = z.object({ person: PersonId });

const FeatureName = z.string().regex(/^[a-z-]{1,40}$/);
/** `<feature>:<id>`: something that was sent out. */
export const ReachRef = refOf({ feature: FeatureName, id: z.string().regex(/^[^\p{Cc}]{1,150}$/u) });
export const ReachValue = z.object({ feature: FeatureName, id: z.string().min(1).max(150) });
