/** What the inputs and pickers of a card's form report, for the schemas of all features. */
import { z } from 'zod';

/** An empty input counts as not filled in. */
export const filled = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** What Feishu's pickers send: `2026-11-27 18:00 +0800`, or with the offset as a colon. Becomes the instant. */
export const PickedInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} [+-]\d{2}:?\d{2}$/)
  .transform((text, context) => {
    const [day = '', time = '', offset = ''] = text.split(' ');
    const instant = new Date(`${day}T${time}:00${offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}`);
    if (!Number.isNaN(instant.getTime())) return instant;
    context.addIssue('is no date');
    return z.NEVER;
  });

/** Why a text of more than `max` characters is not taken, with its name in front where it has one; undefined where it fits. */
export function objectToLength(text: string, max: number, name = ''): string | undefined {
  return text.length > max ? `${name}最多${max}字，现在有${text.length}字，请缩短后再提交。` : undefined;
}

/** What Feishu's date picker sends, `2027-05-31 +0800`, or a plain day. Becomes the day. */
export const PickedDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( [+-]\d{2}:?\d{2})?$/)
  .transform((text) => text.slice(0, 10));
