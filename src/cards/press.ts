/** What a button is: its words, and how `<feature>/<button>` and its value travel in a card. */
import { z } from 'zod';
import type { Button } from '../card-json/interactive.ts';

/** The address of a button, `<feature>/<button>`. */
export const PressAddress = z.string().regex(/^[a-z][a-z\d-]*\/[a-z][a-z\d-]*$/, 'is not <feature>/<button>');

const words = {
  text: z.string().min(1),
  /** The one button that matters on the card. */
  primary: z.boolean().optional(),
  /** What is asked before the press counts: names the number it reaches. */
  confirm: z.string().min(1).optional(),
};

/** A button that comes back to us. */
export const Press = z.strictObject({
  ...words,
  press: PressAddress,
  value: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Press = z.infer<typeof Press>;

/** A button that opens a page. */
export const Jump = z.strictObject({ ...words, url: z.url({ protocol: /^https?$/ }) });
export type Jump = z.infer<typeof Jump>;

/** A button outside a form. The value is an object, since the SDKs drop anything else. */
export function pressButton(button: Press | Jump): Button {
  return {
    ...look(button),
    behaviors: [
      'url' in button
        ? { type: 'open_url', default_url: button.url }
        : { type: 'callback', value: { ...button.value, press: button.press } },
    ],
  };
}

/**
 * A button that submits the form around it. It must not carry a behaviour, so its name carries address and value:
 * `<feature>/<button>?key=value&…`. `/feishu-cards/card-json-v2-components/containers/form-container`.
 */
export function submitButton(button: Press): Button {
  const entries = Object.entries(button.value ?? {}).map(([key, value]) => [key, String(value)]);
  const query = new URLSearchParams(entries).toString();
  return {
    ...look(button),
    name: query === '' ? button.press : `${button.press}?${query}`,
    form_action_type: 'submit',
  };
}

function look({ text, primary, confirm }: Press | Jump): Button {
  return {
    tag: 'button',
    type: primary ? 'primary_filled' : 'default',
    text: { tag: 'plain_text', content: text },
    ...(confirm && {
      confirm: { title: { tag: 'plain_text', content: text }, text: { tag: 'plain_text', content: confirm } },
    }),
  };
}
