/** The parts that all cards are made of, so that one hand seems to have made them. A template uses them by name. */
import { z } from 'zod';
import type { CardColumn, CardElement } from '../card-json/structure.ts';
import { AudienceChoice, pickAudience } from './audience-part.ts';
import { chooseOne, div, label, labelled, panel } from './pieces.ts';
import { Jump, Press, pressButton, submitButton } from './press.ts';

/** When a person may ask to see a card again; the values are those of `publication/schema.ts`. */
const SNOOZES = [
  { text: '一小时后', value: 'one-hour' },
  { text: '下班后', value: 'after-work' },
  { text: '明早', value: 'tomorrow' },
];

/** Every part by its name: from what a template says to the components of the card. Throws when that does not fit. */
export const parts: Record<string, (said: unknown) => CardElement[]> = {
  /** The one line that matters. */
  line: part({ text: z.string() }, ({ text }) => [div(text, { text_size: 'heading' })]),

  /** A paragraph. */
  text: part({ text: z.string() }, ({ text }) => [div(text)]),

  /** Label and value in two columns; a label has at most five characters. Rows without a value are left out. */
  facts: part(
    { rows: z.array(z.strictObject({ label: z.string(), value: z.union([z.string(), z.number()]) })) },
    ({ rows }) =>
      rows
        .filter((row) => row.value !== '')
        .map(({ label, value }, index) => ({
          ...columns([
            { tag: 'column', width: '80px', elements: [div(label, { text_color: 'grey' })] },
            { tag: 'column', width: 'weighted', weight: 1, elements: [div(String(value))] },
          ]),
          // Rows belong together more closely than parts do.
          ...(index > 0 && { margin: '-4px 0 0 0' }),
        })),
  ),

  /** What an input of a form is for, close above it. */
  label: part({ text: z.string() }, ({ text }) => [label(text)]),

  /** Long text, folded away until somebody wants it. */
  panel: part({ title: z.string(), text: z.string() }, ({ title, text }) => [panel(title, [div(text)])]),

  /** Inside a form: whom it is for, from the usual choices, and folded away the pickers for all the rest. */
  audience: part({ label: z.string(), said: AudienceChoice }, ({ label, said }) => [
    ...labelled(label, chooseOne('audience', '选择范围', said.choices, said.choice)),
    panel('更多范围：多个单位、加人、减人', pickAudience(said), said.isOpen),
  ]),

  /** One primary button and at most two quieter ones, in one row that wraps; nothing when there is none. */
  buttons: part({ buttons: z.array(z.union([Press, Jump])) }, ({ buttons }) => buttonRow(buttons.map(pressButton))),

  /** The same inside a form: each submits it. */
  submit: part({ buttons: z.array(Press) }, ({ buttons }) => buttonRow(buttons.map(submitButton))),

  /** To be reminded later, by this button of the feature; `until` says when, once it was chosen. */
  snooze: part({ press: z.string(), until: z.string() }, ({ press, until }) => [
    div(until ? `将于 ${until} 再提醒您` : '现在不方便？到时再提醒我：'),
    ...buttonRow(SNOOZES.map(({ text, value }) => pressButton({ text, press, value: { until: value } }))),
  ]),

  /** One button alone, for a column of a longer list: `buttons` would spend four elements on it. */
  button: part({ button: Press }, ({ button }) => [pressButton(button)]),
};

/** The end of every card: why it came, and where to complain. */
export function foot(why: string): CardElement[] {
  const complain: CardElement = {
    ...pressButton({ text: '投诉建议', press: 'feedback/open' }),
    type: 'text',
    size: 'tiny',
  };
  const quiet = div(why, { text_size: 'notation', text_color: 'grey' });
  return [
    { tag: 'hr' },
    columns([
      { tag: 'column', width: 'weighted', weight: 1, vertical_align: 'center', elements: [quiet] },
      { tag: 'column', width: 'auto', vertical_align: 'center', elements: [complain] },
    ]),
  ];
}

function part<Shape extends z.ZodRawShape>(shape: Shape, build: (said: z.infer<z.ZodObject<Shape>>) => CardElement[]) {
  const Said = z.strictObject({ part: z.string(), ...shape });
  return (said: unknown) => build(Said.parse(said) as z.infer<z.ZodObject<Shape>>);
}

function columns(items: CardColumn[]): CardElement {
  return { tag: 'column_set', horizontal_spacing: '8px', columns: items };
}

function buttonRow(buttons: CardElement[]): CardElement[] {
  if (buttons.length === 0) return [];
  const items = buttons.map((button): CardColumn => ({ tag: 'column', width: 'auto', elements: [button] }));
  return [{ tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns: items }];
}
