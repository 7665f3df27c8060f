/** The form in which a role is given. */
import { z } from 'zod';
import { filled } from '../../cards/form-values.ts';

/** What Feishu's date picker sends: `2026-12-01 +0800`; the day counts, in the configured time zone. */
const PickedDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( .*)?$/)
  .transform((text) => text.slice(0, 10));

export const RoleForm = z.object({
  person: filled(z.string().trim().max(60)),
  role: filled(z.enum(['administrator', 'leader', 'secretary', 'discipline-commissioner', 'keeper'])),
  /** `unit:<id>`, `branch:<id>`, `point:<id>` or `detachment:`. */
  scope: filled(z.string().regex(/^(unit|branch|point|detachment):.*$/)),
  from: filled(PickedDay),
  until: filled(PickedDay),
});
export type RoleForm = z.infer<typeof RoleForm>;
