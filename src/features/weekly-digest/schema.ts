/** What comes in from outside: values of buttons, job payloads, and the refs of list cards. */

import { z } from 'zod';
import { PageValue } from '../../pager.ts';
import { refOf } from '../../sight.ts';

const Name = z.string().regex(/^[a-z][a-z-]*$/);
/** Keys of matters and groups are made by us, of ids; `~` stands between the parts of a ref. */
const Key = z
  .string()
  .max(200)
  .regex(/^[^~]*$/);

export const Tick = z.object({ slot: z.coerce.date() });
export const SectionPayload = z.object({ run: z.uuid(), section: Name });
export const WritePayload = z.object({ run: z.uuid(), after: z.string() });
export const RunValue = z.object({ run: z.uuid() });

/** A scope of a run: a unit or a branch. */
export const ScopeValue = z.object({ run: z.uuid(), kind: z.enum(['unit', 'branch']), id: Key });
export type ScopeValue = z.infer<typeof ScopeValue>;
/** A number of a scope; with `matter` the part of it that is about one matter. */
export const RowsValue = ScopeValue.extend({ section: Name, figure: Name, matter: Key.default('') });
export type RowsValue = z.infer<typeof RowsValue>;

/** The ref of a card of rows: what they are behind, the page, and the press that asked for them. */
export const RowsRef = refOf({ ...RowsValue.shape, ...PageValue.shape, key: z.string() }, '~');
/** The ref of a card about one scope, with the press that asked. */
export const ScopeRef = refOf({ ...ScopeValue.shape, key: z.string() }, '~');
/** The ref of a file about a run, with the press or message that asked. */
export const RunRef = refOf({ run: z.uuid(), key: z.string() }, '~');
