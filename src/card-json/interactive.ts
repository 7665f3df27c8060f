/** What a person presses or fills in: Card JSON 2.0, `/feishu-cards/card-json-v2-components/interactive-components/*`. */
import { z } from 'zod';
import { Behavior, Confirm, common, DeviceLinks, Icon, PlainText, plainText, Sides, Text } from './values.ts';

const behaviors = z.array(Behavior).optional();
const Width = z.string().regex(/^(default|fill|[1-9]\d{2,}px)$/, 'is default, fill or at least 100px');
const Placeholder = plainText(100);

/** What everything that takes an input may carry. */
const field = {
  ...common,
  name: z.string().min(1).optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: PlainText.optional(),
  confirm: Confirm.optional(),
  behaviors,
};

export const Button = z.strictObject({
  tag: z.literal('button'),
  ...common,
  type: z
    .enum([
      'default',
      'primary',
      'danger',
      'text',
      'primary_text',
      'danger_text',
      'primary_filled',
      'danger_filled',
      'laser',
    ])
    .optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: Width.optional(),
  text: plainText(100).optional(),
  icon: Icon.optional(),
  hover_tips: PlainText.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: PlainText.optional(),
  confirm: Confirm.optional(),
  behaviors,
  name: z.string().min(1).optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
});
export type Button = z.infer<typeof Button>;

export const Input = z.strictObject({
  tag: z.literal('input'),
  ...field,
  placeholder: Placeholder.optional(),
  default_value: z.string().optional(),
  width: Width.optional(),
  max_length: z.int().min(1).max(1000).optional(),
  input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
  show_icon: z.boolean().optional(),
  rows: z.int().min(1).optional(),
  auto_resize: z.boolean().optional(),
  max_rows: z.int().min(1).optional(),
  label: PlainText.optional(),
  label_position: z.enum(['top', 'left']).optional(),
});

const Option = z.strictObject({ text: PlainText, icon: Icon.optional(), value: z.string().min(1) });
const select = {
  ...field,
  type: z.enum(['default', 'text']).optional(),
  placeholder: Placeholder.optional(),
  width: Width.optional(),
};

export const SelectStatic = z.strictObject({
  tag: z.literal('select_static'),
  ...select,
  options: z.array(Option).optional(),
  initial_option: z.string().optional(),
  initial_index: z.int().min(0).optional(),
});

export const MultiSelectStatic = z.strictObject({
  tag: z.literal('multi_select_static'),
  ...select,
  options: z.array(Option).optional(),
  selected_values: z.array(z.string()).optional(),
});

const PersonOption = z.strictObject({ value: z.string().min(1) });

/** Without options everybody in the chat can be chosen. */
export const SelectPerson = z.strictObject({
  tag: z.literal('select_person'),
  ...select,
  options: z.array(PersonOption).optional(),
  initial_option: z.string().optional(),
});

export const MultiSelectPerson = z.strictObject({
  tag: z.literal('multi_select_person'),
  ...select,
  options: z.array(PersonOption).optional(),
  selected_values: z.array(z.string()).optional(),
});

const picker = { ...field, placeholder: Placeholder.optional(), width: Width.optional() };
const DATE = '\\d{4}-\\d{2}-\\d{2}';
const TIME = '([01]\\d|2[0-3]):[0-5]\\d';

export const DatePicker = z.strictObject({
  tag: z.literal('date_picker'),
  ...picker,
  initial_date: z
    .string()
    .regex(new RegExp(`^${DATE}$`))
    .optional(),
});

export const PickerTime = z.strictObject({
  tag: z.literal('picker_time'),
  ...picker,
  initial_time: z
    .string()
    .regex(new RegExp(`^${TIME}$`))
    .optional(),
});

export const PickerDatetime = z.strictObject({
  tag: z.literal('picker_datetime'),
  ...picker,
  initial_datetime: z
    .string()
    .regex(new RegExp(`^${DATE} ${TIME}$`))
    .optional(),
});

export const Overflow = z.strictObject({
  tag: z.literal('overflow'),
  ...common,
  width: Width.optional(),
  options: z.array(
    z.strictObject({
      text: plainText(100).optional(),
      multi_url: DeviceLinks.optional(),
      value: z.string().optional(),
    }),
  ),
  confirm: Confirm.optional(),
  behaviors,
});

export const Checker = z.strictObject({
  tag: z.literal('checker'),
  ...field,
  checked: z.boolean().optional(),
  text: Text.optional(),
  overall_checkable: z.boolean().optional(),
  button_area: z
    .strictObject({
      pc_display_rule: z.enum(['always', 'on_hover']).optional(),
      buttons: z.array(Button).max(3).optional(),
    })
    .optional(),
  checked_style: z
    .strictObject({ show_strikethrough: z.boolean().optional(), opacity: z.number().min(0).max(1).optional() })
    .optional(),
  padding: Sides.optional(),
  hover_tips: PlainText.optional(),
});

export const SelectImg = z.strictObject({
  tag: z.literal('select_img'),
  ...field,
  multi_select: z.boolean().optional(),
  layout: z.enum(['stretch', 'bisect', 'trisect']).optional(),
  can_preview: z.boolean().optional(),
  aspect_ratio: z.enum(['1:1', '16:9', '4:3']).optional(),
  value: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  options: z.array(
    z.strictObject({
      img_key: z.string().min(1),
      value: z.string().optional(),
      disabled: z.boolean().optional(),
      disabled_tips: PlainText.optional(),
      hover_tips: PlainText.optional(),
    }),
  ),
});
