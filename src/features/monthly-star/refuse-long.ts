/** One answer to a text that is longer than an input of Feishu holds. */
import { objectToLength } from '../../cards/form-values.ts';
import type { Reply } from '../../feature.ts';
import { MAX_TEXT_CHARACTERS } from './schema.ts';

/** The refusal of a text that is too long, which keeps the form; undefined when it is not. `what` names the text. */
export function refuseLong(what: string, text: string): Reply | undefined {
  const toast = objectToLength(text, MAX_TEXT_CHARACTERS, what);
  return toast ? { toast, kind: 'warning', keepForm: true } : undefined;
}
