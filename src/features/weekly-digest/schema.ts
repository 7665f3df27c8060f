/** What comes in from outside: values of buttons, forms, job payloads, and the refs of list cards. */
import { z } from 'zod';

const Name = z.string().regex(/^[a-z][a-z-]*$/);
/** Keys of matters and groups are made by us, of ids; `~` stands between the parts of a ref. */
const Key = z
  .string()
  .max(200)
  .regex(/^[^~]*$/);

export const NoValue = z.object({});
export const Tick = z.object({ slot: z.coerce.date() });
export const SectionPayload = z.object({ run: z.uuid(), section: Name });
export const WritePayload = z.object({ run: z.uuid(), after: z.string() });
export const RunValue = z.object({ run: z.uuid() });
export const PageValue = z.object({ page: z.coerce.number().int().min(0).max(100_000) });
export const NameForm = z.object({ name: z.string().trim().default('') });

/** A scope of a run: a unit or a branch. */
export const ScopeValue = z.object({ run: z.uuid(), kind: z.enum(['unit', 'branch']), id: Key });
/** A number of a scope; with `matter` the part of it that is about one matter. */
export const RowsValue = ScopeValue.extend({ section: Name, figure: Name, matter: Key.default('') });
export type RowsValue = z.infer<typeof RowsValue>;

/** The ref of a card of rows: what they are behind, the page, and the press that asked for them. */
export function writeRowsRef({ run, section, figure, kind, id, matter }: RowsValue, page: number, key: string): string {
  return [run, section, figure, kind, id, matter, page, key].join('~');
}
export function readRowsRef(ref: string): { value: RowsValue; page: number; key: string } {
  const [run, section, figure, kind, id, matter, page, key = ''] = ref.split('~');
  return { value: RowsValue.parse({ run, section, figure, kind, id, matter }), ...PageValue.parse({ page }), key };
}

/** The ref of a card about one scope. */
export function writeScopeRef({ run, kind, id }: z.infer<typeof ScopeValue>, key: string): string {
  return [run, kind, id, key].join('~');
}
export function readScopeRef(ref: string): z.infer<typeof ScopeValue> {
  const [run, kind, id] = ref.split('~');
  return ScopeValue.parse({ run, kind, id });
}

/** A ref that is a run and the press that asked. */
export function readRunRef(ref: string): string {
  return z.uuid().parse(ref.split('~')[0]);
}
