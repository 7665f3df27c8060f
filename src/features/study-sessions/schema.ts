/** What comes in from outside: values of buttons, forms, job payloads, and the refs of list cards. */
import { z } from 'zod';
import { filled } from '../../cards/form-values.ts';
import { HolderText, SESSION_KINDS, SessionKind } from './kinds.ts';

/** Feishu's own limit for an input of a form. */
export const MAX_TEXT_CHARACTERS = 1000;
export const MAX_TOPIC_CHARACTERS = 200;

/** What Feishu's date picker sends: `2026-12-01 +0800`; the day counts, in the configured time zone. */
const PickedDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( .*)?$/)
  .transform((text) => text.slice(0, 10));

/** A typed number, in half or full width; what is none stays text, for a sentence that says so. */
const TypedNumber = z
  .string()
  .trim()
  .transform((text) => Number(/^[\d０-９]{1,6}$/.test(text) ? text.normalize('NFKC') : Number.NaN));

/** The form of a session. Anything may be missing: the rules say what. */
export const SessionForm = z.object({
  kind: filled(SessionKind),
  heldOn: filled(PickedDay),
  holder: filled(HolderText),
  host: z.string().trim().default(''),
  topic: z.string().trim().default(''),
  agenda: z.string().trim().default(''),
  attendees: filled(TypedNumber),
  names: z.string().trim().default(''),
  minutes: z.string().trim().default(''),
});
export type SessionForm = z.infer<typeof SessionForm>;

export const SeriesForm = z.object({
  kind: filled(SessionKind),
  dayOfMonth: filled(z.coerce.number().int()),
  branch: filled(z.union([z.literal('all'), z.uuid()])),
  topic: z.string().trim().default(''),
  leadDays: filled(z.coerce.number().int()),
  shift: filled(z.enum(['before', 'after'])),
});
export type SeriesForm = z.infer<typeof SeriesForm>;

/** The focus of a month: one topic a line. */
export const FocusForm = z.object({ centreGroup: z.string().default(''), branches: z.string().default('') });

/** A period for each kind of required meeting. */
export const RequirementsForm = z.partialRecord(SessionKind, z.enum(['month', 'quarter', 'year', 'never']));

/** To which session a file of minutes belongs. */
export const MinutesForm = z.object({ session: filled(z.uuid()) });

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Year = z.coerce.number().int().min(2000).max(2199);
const Page = z.coerce.number().int().min(0).max(10_000);

export const NoValue = z.object({});
export const NewSession = z.object({ holder: HolderText.optional(), kind: SessionKind.optional() });
export const SessionValue = z.object({ session: z.uuid() });
export const OccurrenceValue = z.object({ occurrence: z.uuid() });
export const MonthValue = z.object({ month: Month });
export const HolderValue = z.object({ holder: HolderText, year: Year });
export const RowsValue = z.object({ holder: HolderText, year: Year, kind: z.enum(['all', ...SESSION_KINDS]) });
export const PageValue = z.object({ page: Page });
export const PlanValue = z.object({ holder: HolderText, month: Month });
export const Tick = z.object({ slot: z.string() });
export const RemindSeries = z.object({ series: z.uuid(), month: Month });

/** A ref of several ids with colons between them; the last is the key of the card's own message, and may hold colons itself. */
function ref<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape);
  const split = (text: unknown) => {
    const parts = String(text).split(':');
    const partOf = (index: number) => (index < names.length - 1 ? parts[index] : parts.slice(index).join(':'));
    return Object.fromEntries(names.map((name, index) => [name, partOf(index)]));
  };
  return z.preprocess(split, z.object(shape));
}

/** `2026:0:<key>`: a page of the ledger of a year. */
export const LedgerRef = ref({ year: Year, page: Page, key: z.string() });
/** `2026:<holder>`. */
export const HolderRef = ref({ year: Year, holder: HolderText });
/** `2026:<holder>:<kind>:0:<key>`: a page of the rows behind a number. */
export const RowsRef = ref({
  year: Year,
  holder: HolderText,
  kind: z.enum(['all', ...SESSION_KINDS]),
  page: Page,
  key: z.string(),
});
/** `2026-11:<holder>`. */
export const PlanRef = ref({ month: Month, holder: HolderText });
/** `2026-11:0:<key>`: a page of all plans of a month. */
export const PlansRef = ref({ month: Month, page: Page, key: z.string() });
