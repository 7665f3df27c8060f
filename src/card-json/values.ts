/** The small pieces that many card components share: texts, lengths, icons, links, behaviours. */
import { z } from 'zod';

/** Identifies a component; unique in the card. `/feishu-cards/card-json-v2-structure`. */
const ElementId = z.string().regex(/^[A-Za-z]\w{0,19}$/, 'begins with a letter, then letters, digits or _, at most 20');

/** One, two or four lengths in pixels, as in `4px 0 4px 0`. */
export const Sides = z
  .string()
  .regex(/^-?\d{1,2}(px)?(( -?\d{1,2}(px)?){3}| -?\d{1,2}(px)?)?$/, 'is one, two or four lengths of at most 99px');

/** The distance between components. */
export const Spacing = z.string().regex(/^(small|medium|large|extra_large|default|\d{1,2}(px)?)$/, 'is a spacing');
export const HorizontalAlign = z.enum(['left', 'center', 'right']);
export const VerticalAlign = z.enum(['top', 'center', 'bottom']);

/** A name of the palette, `rgba(…)`, or a name from `config.style.color`. */
export const Color = z.string();
/** A size such as `normal`, or a name from `config.style.text_size`; Feishu shows what it does not know as `normal`. */
export const TextSize = z.string();
export const CornerRadius = z.string().regex(/^\d{1,3}(px|%)$/, 'is a length in px or %');

/** Colours of a header. `/feishu-cards/card-json-v2-components/content-components/title`. */
export const HeaderColor = z.enum([
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
]);

/** Colours of a text tag. */
export const TagColor = z.enum([
  'neutral',
  'blue',
  'turquoise',
  'lime',
  'orange',
  'violet',
  'indigo',
  'wathet',
  'green',
  'yellow',
  'red',
  'purple',
  'carmine',
]);

/** What every component may carry. */
export const common = { element_id: ElementId.optional(), margin: Sides.optional() };

const translations = { i18n_content: z.record(z.string(), z.string()).optional() };

/** A text of at most `maxLength` characters that is shown as it is. */
export function plainText(maxLength: number) {
  return z.strictObject({
    tag: z.literal('plain_text'),
    content: z.string().max(maxLength),
    element_id: ElementId.optional(),
    ...translations,
  });
}

/** A text that is shown as it is. */
export const PlainText = plainText(Number.MAX_SAFE_INTEGER);

/** A text that may be `lark_md`, the small markdown. */
export const Text = z.strictObject({
  tag: z.enum(['plain_text', 'lark_md']),
  content: z.string(),
  element_id: ElementId.optional(),
  text_size: TextSize.optional(),
  text_color: Color.optional(),
  text_align: HorizontalAlign.optional(),
  lines: z.int().min(1).optional(),
  ...translations,
});
export type Text = z.infer<typeof Text>;

/** A title of a header. */
export const TitleText = z.strictObject({
  tag: z.enum(['plain_text', 'lark_md']),
  content: z.string(),
  ...translations,
});

export const Icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: z.string().optional(),
  color: Color.optional(),
  img_key: z.string().optional(),
  size: z.string().optional(),
});

/** http or https; `lark://msgcard/unsupported_action` forbids the jump on a device, an empty text leaves it to the default. */
export const Link = z
  .string()
  .regex(/^(https?:\/\/\S+|lark:\/\/msgcard\/unsupported_action)?$/i, 'is not an http or https link');
export const DeviceLinks = z.strictObject({
  url: Link.optional(),
  pc_url: Link.optional(),
  ios_url: Link.optional(),
  android_url: Link.optional(),
});

export const Confirm = z.strictObject({ title: PlainText, text: PlainText });

/** What a press does. The SDKs take an object as `value` only. `/feishu-cards/configuring-card-interactions`. */
export const Behavior = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()).optional() }),
  z.strictObject({
    type: z.literal('open_url'),
    default_url: Link,
    pc_url: Link.optional(),
    ios_url: Link.optional(),
    android_url: Link.optional(),
  }),
]);
export type Behavior = z.infer<typeof Behavior>;
