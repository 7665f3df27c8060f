/** What holds other components: Card JSON 2.0, `/feishu-cards/card-json-v2-components/containers/*`. Children are checked by `check.ts`. */
import { z } from 'zod';
import {
  Behavior,
  Color,
  Confirm,
  CornerRadius,
  common,
  DeviceLinks,
  HorizontalAlign,
  Icon,
  PlainText,
  Sides,
  Spacing,
  TextSize,
  VerticalAlign,
} from './values.ts';

const Children = z.array(z.unknown());

/** How a container lays out its children. */
export const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: Sides.optional(),
  horizontal_spacing: Spacing.optional(),
  vertical_spacing: Spacing.optional(),
  horizontal_align: HorizontalAlign.optional(),
  vertical_align: VerticalAlign.optional(),
};

const LinkAction = z.strictObject({ multi_url: DeviceLinks.optional() });

export const Column = z.strictObject({
  tag: z.literal('column'),
  ...common,
  ...layout,
  width: z
    .string()
    .regex(/^(auto|weighted|\d{2,3}px)$/)
    .optional(),
  weight: z.int().min(1).max(5).optional(),
  background_style: Color.optional(),
  action: LinkAction.optional(),
  elements: Children.optional(),
});

export const ColumnSet = z.strictObject({
  tag: z.literal('column_set'),
  ...common,
  flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
  background_style: Color.optional(),
  horizontal_spacing: Spacing.optional(),
  horizontal_align: HorizontalAlign.optional(),
  action: LinkAction.optional(),
  columns: Children,
});

export const CollapsiblePanel = z.strictObject({
  tag: z.literal('collapsible_panel'),
  ...common,
  ...layout,
  expanded: z.boolean().optional(),
  background_color: Color.optional(),
  header: z.strictObject({
    title: z
      .strictObject({
        tag: z.enum(['plain_text', 'markdown', 'lark_md']),
        content: z.string(),
        text_size: TextSize.optional(),
        text_color: Color.optional(),
        text_align: HorizontalAlign.optional(),
        i18n_content: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
    background_color: Color.optional(),
    width: z.enum(['fill', 'auto', 'auto_when_fold']).optional(),
    vertical_align: VerticalAlign.optional(),
    padding: Sides.optional(),
    position: z.enum(['top', 'bottom']).optional(),
    icon: Icon.optional(),
    icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
    icon_expanded_angle: z.literal([-180, -90, 90, 180]).optional(),
  }),
  border: z.strictObject({ color: Color.optional(), corner_radius: CornerRadius.optional() }).optional(),
  elements: Children.optional(),
});

export const InteractiveContainer = z.strictObject({
  tag: z.literal('interactive_container'),
  ...common,
  ...layout,
  width: z
    .string()
    .regex(/^(fill|auto|\d{2,3}px)$/)
    .optional(),
  height: z
    .string()
    .regex(/^(auto|\d{2,3}px)$/)
    .optional(),
  background_style: Color.optional(),
  has_border: z.boolean().optional(),
  border_color: Color.optional(),
  corner_radius: CornerRadius.optional(),
  behaviors: z.array(Behavior).min(1),
  disabled: z.boolean().optional(),
  disabled_tips: PlainText.optional(),
  confirm: Confirm.optional(),
  hover_tips: PlainText.optional(),
  elements: Children,
});

export const Form = z.strictObject({
  tag: z.literal('form'),
  ...common,
  ...layout,
  name: z.string().min(1),
  elements: Children,
});
