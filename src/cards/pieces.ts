/** Components that several parts are made of. */
import type { CardElement } from '../card-json/structure.ts';

/** A choice of a selector. */
export type Option = { text: string; value: string };

/** A paragraph that shows every letter as it is. */
export function div(content: string, look: { text_size?: string; text_color?: string } = {}): CardElement {
  return { tag: 'div', text: { tag: 'plain_text', content, ...look } };
}

/** What an input of a form is for, close above it. */
export function label(text: string): CardElement {
  return { ...div(text, { text_color: 'grey' }), margin: '4px 0 -4px 0' } as CardElement;
}

/** An input under its label. */
export function labelled(text: string, input: CardElement): CardElement[] {
  return [label(text), input];
}

/** Components folded away until somebody wants them. */
export function panel(title: string, elements: CardElement[], expanded = false): CardElement {
  return {
    tag: 'collapsible_panel',
    expanded,
    header: {
      title: { tag: 'plain_text', content: title },
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
      icon_position: 'follow_text',
      icon_expanded_angle: -180,
    },
    elements,
  };
}

/** A selector of one option; `chosen` is empty for none. */
export function chooseOne(name: string, placeholder: string, options: Option[], chosen: string): CardElement {
  const initial = chosen === '' ? {} : { initial_option: chosen };
  return {
    tag: 'select_static',
    name,
    width: 'fill',
    ...placeholderOf(placeholder),
    options: options.map(optionOf),
    ...initial,
  };
}

/** A selector of several options. */
export function chooseSeveral(name: string, placeholder: string, options: Option[], chosen: string[]): CardElement {
  const selected = { selected_values: chosen };
  return {
    tag: 'multi_select_static',
    name,
    width: 'fill',
    ...placeholderOf(placeholder),
    options: options.map(optionOf),
    ...selected,
  };
}

/** What an input shows while it is empty. */
export function placeholderOf(content: string) {
  return { placeholder: { tag: 'plain_text' as const, content } };
}

function optionOf({ text, value }: Option) {
  return { text: { tag: 'plain_text' as const, content: text }, value };
}
