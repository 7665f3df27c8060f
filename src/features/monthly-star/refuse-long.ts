/** One answer to a text that is longer than an input of Feishu holds. */
import type { Reply } from '../../feature.ts';
import { MAX_TEXT_CHARACTERS } from './schema.ts';

/** The refusal of a text that is too long, which keeps the form; undefined when it is not. `what` names the text. */
export function refuseLong(what: string, text: string): Reply | undefined {
  if (text.length <= MAX_TEXT_CHARACTERS) return undefined;
  return {
    toast: `${what}最多${MAX_TEXT_CHARACTERS}字，现在有${text.length}字，请缩短后再提交。`,
    kind: 'warning',
    keepForm: true,
  };
}
