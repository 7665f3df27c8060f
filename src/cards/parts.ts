/** The parts that all cards are made of, so that one hand seems to have made them. A template uses them by name. */
import { z } from 'zod';
import type { CardColumn, CardElement } from '../card-json/structure.ts';
import { Jump, Press, pressButton, submitButton } from './press.ts';

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
  label: part({ text: z.string() }, ({ text }) => [
    { ...div(text, { text_color: 'grey' }), margin: '4px 0 -4px 0' } as CardElement,
  ]),

  /** Long text, folded away until somebody wants it. */
  panel: part({ title: z.string(), text: z.string() }, ({ title, text }) => [
    {
      tag: 'collapsible_panel',
      expanded: false,
      header: {
        title: { tag: 'plain_text', content: title },
        icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
        icon_position: 'follow_text',
        icon_expanded_angle: -180,
      },
      elements: [div(text)],
    },
  ]),

  /** One primary button and at most two quieter ones, in one row that wraps; nothing when there is none. */
  buttons: part({ buttons: z.array(z.union([Press, Jump])) }, ({ buttons }) => buttonRow(buttons.map(pressButton))),

  /** The same inside a form: each submits it. */
  submit: part({ buttons: z.array(Press) }, ({ buttons }) => buttonRow(buttons.map(submitButton))),

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

function div(content: string, look: { text_size?: string; text_color?: string } = {}): CardElement {
  return { tag: 'div', text: { tag: 'plain_text', content, ...look } };
}

function columns(items: CardColumn[]): CardElement {
  return { tag: 'column_set', horizontal_spacing: '8px', columns: items };
}

function buttonRow(buttons: CardElement[]): CardElement[] {
  if (buttons.length === 0) return [];
  const items = buttons.map((button): CardColumn => ({ tag: 'column', width: 'auto', elements: [button] }));
  return [{ tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns: items }];
}
