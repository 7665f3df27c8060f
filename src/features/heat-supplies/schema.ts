/** What comes in from outside: values of buttons, forms and job payloads. */
import { z } from 'zod';
import { filled, PickedInstant } from '../../cards/form-values.ts';
import { AudienceText } from '../../people/audience.ts';
import { HandoutKind } from './kinds.ts';
import { MOVE_WORDS } from './stock-rules.ts';

export const NoValue = z.object({});
export const HandoutValue = z.object({ handout: z.uuid() });
export const PointValue = z.object({ point: z.uuid() });
export const PersonValue = z.object({ person: z.string().min(1).max(100), handout: z.uuid() });

/** The form of 设置领取点. */
export const PointForm = z.object({
  name: filled(z.string().trim().max(20)),
  place: filled(z.string().trim().max(60)),
  hours: filled(z.string().trim().max(60)),
  keeper: filled(z.string().trim().max(60)),
});

/** What Feishu's date picker sends: `2027-05-31 +0800`. */
const PickedDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( [+-]\d{2}:?\d{2})?$/)
  .transform((text) => text.slice(0, 10));

/** The form of 登记出入库. What a movement lacks its handler says. */
export const StockMovementForm = z.object({
  kind: filled(z.enum(MOVE_WORDS)),
  item: z.string().trim().max(30).default(''),
  quantity: z.string().trim().max(12).default(''),
  label: filled(z.string().trim().max(30)),
  expiresOn: filled(PickedDay),
  target: filled(z.uuid()),
  document: filled(z.string().trim().max(40)),
  reason: z.string().trim().max(200).default(''),
});

/** The form of a hand-out's draft. Anything may be missing: the handler says what. */
export const DraftForm = z.object({
  kind: filled(HandoutKind),
  items: filled(z.string().trim().max(200)),
  points: z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(z.uuid())),
  audience: filled(AudienceText),
  opensAt: filled(PickedInstant),
  closesAt: filled(PickedInstant),
});

/** Which point a claim is for, where there are several. */
export const ClaimForm = z.object({ point: filled(z.uuid()) });
/** The name of a colleague. */
export const NameForm = z.object({ name: z.string().trim().max(60).default('') });
/** How much was really handed over, item by item, and why not all. */
export const ShortfallForm = z.object({ reason: z.string().trim().max(200).default('') }).catchall(z.unknown());
/** A whole number as an input reports it. */
export const Quantity = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/)
  .transform(Number);

export const HandoutPayload = z.object({ handout: z.uuid() });
export const RoundPayload = z.object({ handout: z.uuid(), after: z.string() });
export const NudgePayload = z.object({ handout: z.uuid(), day: z.iso.date(), people: z.array(z.string()) });
export const NoPayload = z.object({});
