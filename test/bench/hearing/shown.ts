/** A card as a person reads it: what stands beside which label, whether it is a form or only to be confirmed, and the rest as lines. */

/** A value with the label it stands under; `isField` where it can be changed on the card. */
export type Row = { label: string; value: string; isField: boolean };

/** `name` is the card's own, as `study-tasks/draft`. */
export type Shown = { name: string; title: string; rows: Row[]; lines: string[]; buttons: string[] };

type Part = Record<string, unknown>;
type Option = { value?: string; text?: unknown };

const FIELD = /^(?:input|select_|multi_select_|picker_|date_picker)/u;

/** Reads the card of that name. What stands under the last rule is the foot, which says why the card came. */
export function readShown(name: string, content: unknown): Shown {
  const card = content as Part;
  const shown: Shown = {
    name,
    title: wordsOf((card.header as Part | undefined)?.title),
    rows: [],
    lines: [],
    buttons: [],
  };
  const elements = partsOf((card.body as Part | undefined)?.elements);
  read(
    elements.slice(
      0,
      elements.findLastIndex(({ tag }) => tag === 'hr'),
    ),
    shown,
  );
  return shown;
}

/** Everything that a card says, to be searched. */
export function wordsOn({ title, rows, lines }: Shown): string {
  return [title, ...lines, ...rows.map(({ label, value }) => `${label}：${value}`)].join('\n');
}

function read(parts: Part[], shown: Shown): void {
  let label = '';
  for (const part of parts) {
    const tag = String(part.tag);
    const [left, right] = partsOf(part.columns).map((column) => partsOf(column.elements));
    if (tag === 'column_set' && left?.[0]?.tag === 'div' && right?.[0]?.tag === 'div')
      shown.rows.push({ label: wordsOf(left[0]), value: wordsOf(right[0]), isField: false });
    else if (tag === 'button') shown.buttons.push(wordsOf(part));
    else if (FIELD.test(tag)) shown.rows.push({ label, value: heldIn(part), isField: true });
    else if (tag === 'div' || tag === 'markdown') {
      label = wordsOf(part);
      shown.lines.push(label);
    } else read([...partsOf(part.columns), ...partsOf(part.elements)], shown);
  }
}

/** What a field holds before anybody touches it, in the words that are seen. */
function heldIn(field: Part): string {
  const held = field.selected_values ?? field.initial_option ?? '';
  const options = partsOf(field.options) as Option[];
  const picked = [held].flat().map((value) => wordsOf(options.find((option) => option.value === value)?.text));
  return String(field.default_value ?? field.initial_datetime ?? field.initial_date ?? picked.join('、'));
}

function partsOf(value: unknown): Part[] {
  return Array.isArray(value) ? (value as Part[]) : [];
}

/** The plain words of a text, a button or a title. */
function wordsOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return '';
  const { text, content } = part as Part;
  return typeof content === 'string' ? content : wordsOf(text);
}
