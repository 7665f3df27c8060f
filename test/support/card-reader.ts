/** Reads a card as a person does: its words in order, its buttons by their words. */
import type { PressPost } from '../../src/emulator/site/page-api.ts';

type Part = Record<string, unknown>;

/** The words of a card, one line each, and its buttons in brackets. */
export function readCard(card: unknown): string {
  const lines: string[] = [];
  visit(card, (part) => {
    if (part.tag === 'button') lines.push(`[${wordsOf(part)}]`);
    else if (
      (part.tag === 'plain_text' || part.tag === 'lark_md' || part.tag === 'markdown') &&
      typeof part.content === 'string'
    )
      lines.push(part.content);
    else return true;
    return false;
  });
  return lines.join('\n');
}

/** The press of the button with these words, or of the component with this tag; `form` is laid over what the form holds. */
export function findPressable(card: unknown, words: string, form: Part = {}): PressPost | undefined {
  let found: PressPost | undefined;
  visit(card, (part, forms) => {
    const isMeant = part.tag === 'button' ? wordsOf(part).startsWith(words) : part.tag === words;
    if (!isMeant || found) return !found;
    const around = forms.at(-1);
    found = around
      ? { tag: 'button', name: String(part.name), form_value: { ...readForm(around), ...form } }
      : { tag: String(part.tag), value: callbackOf(part) };
    return false;
  });
  return found;
}

/** What the forms of a card hold before anybody touches them, by field. */
export function readHeld(card: unknown): Record<string, unknown> {
  const held: Part = {};
  visit(card, (part) => {
    if (part.tag === 'form') Object.assign(held, readForm(part));
    return true;
  });
  return held;
}

/** What a form holds before anybody touches it, as Feishu reports it. */
function readForm(form: Part): Part {
  const values: Part = {};
  visit(form, (part) => {
    if (typeof part.name !== 'string' || part.tag === 'button' || part.tag === 'form') return true;
    const picked = part.initial_datetime ?? part.initial_date;
    if (String(part.tag).startsWith('multi_')) {
      values[part.name] = part.selected_values ?? [];
      return false;
    }
    values[part.name] = picked ? `${picked} +0800` : (part.default_value ?? part.initial_option ?? '');
    return false;
  });
  return values;
}

function callbackOf(part: Part): Part {
  const behaviors = Array.isArray(part.behaviors) ? (part.behaviors as Part[]) : [];
  return (behaviors.find(({ type }) => type === 'callback')?.value ?? {}) as Part;
}

function wordsOf(button: Part): string {
  return String((button.text as Part | undefined)?.content ?? '');
}

/** Walks all objects in order; `look` says whether to go on inside. */
function visit(node: unknown, look: (part: Part, forms: Part[]) => boolean, forms: Part[] = []): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, look, forms);
  } else if (typeof node === 'object' && node !== null) {
    const part = node as Part;
    if (!look(part, forms)) return;
    for (const child of Object.values(part)) visit(child, look, part.tag === 'form' ? [...forms, part] : forms);
  }
}
