/** What comes in from outside: values of buttons, job payloads, and the refs of cards. */
import { z } from 'zod';
import { Page } from '../../pager.ts';
import { refOf } from '../../sight.ts';
import { HolderText, SESSION_KINDS, SessionKind } from './kinds.ts';

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Year = z.coerce.number().int().min(2000).max(2199);

export const NewSession = z.object({ holder: HolderText.optional(), kind: SessionKind.optional() });
export const SessionValue = z.object({ session: z.uuid() });
export const MinutesValue = z.object({ file: z.uuid() });
export const WarningValue = z.object({ warning: z.uuid() });
export const OccurrenceValue = z.object({ occurrence: z.uuid() });
export const MonthValue = z.object({ month: Month });
export const HolderValue = z.object({ holder: HolderText, year: Year });
export const RowsValue = z.object({ holder: HolderText, year: Year, kind: z.enum(['all', ...SESSION_KINDS]) });
export const PlanValue = z.object({ holder: HolderText, month: Month });
export const RemindSeries = z.object({ series: z.uuid(), month: Month });

/** `2026:0:<key>`: a page of the ledger of a year. */
export const LedgerRef = refOf({ year: Year, page: Page, key: z.string() });
/** `2026:<holder>`. */
export const HolderRef = refOf({ year: Year, holder: HolderText });
/** `2026:<holder>:<kind>:0:<key>`: a page of the rows behind a number. */
export const RowsRef = refOf({
  year: Year,
  holder: HolderText,
  kind: z.enum(['all', ...SESSION_KINDS]),
  page: Page,
  key: z.string(),
});
/** `2026-11:<holder>`. */
export const PlanRef = refOf({ month: Month, holder: HolderText });
/** `2026-11:0:<key>`: a page of all plans of a month. */
export const PlansRef = refOf({ month: Month, page: Page, key: z.string() });
