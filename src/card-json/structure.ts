/** The whole card: Card JSON 2.0, `/feishu-cards/card-json-v2-structure`, and the types of everything in it. */
import { z } from 'zod';
import { CollapsiblePanel, type Column, ColumnSet, Form, InteractiveContainer, layout } from './containers.ts';
import { Audio, Chart, Div, Hr, Img, ImgCombination, Markdown, Person, PersonList, Table } from './content.ts';
import {
  Button,
  Checker,
  DatePicker,
  Input,
  MultiSelectPerson,
  MultiSelectStatic,
  Overflow,
  PickerDatetime,
  PickerTime,
  SelectImg,
  SelectPerson,
  SelectStatic,
} from './interactive.ts';
import { DeviceLinks, HeaderColor, Icon, PlainText, Sides, TagColor, TitleText } from './values.ts';

const perDevice = z.record(z.string(), z.number()).optional();

export const CardConfig = z.strictObject({
  /** A 2.0 card is always shared: everybody sees the same. */
  update_multi: z.literal(true, 'must not be false: a 2.0 card is always shared').optional(),
  width_mode: z.enum(['default', 'compact', 'fill']).optional(),
  enable_forward: z.boolean().optional(),
  enable_forward_interaction: z.boolean().optional(),
  summary: z
    .strictObject({ content: z.string().optional(), i18n_content: z.record(z.string(), z.string()).optional() })
    .optional(),
  locales: z.array(z.string()).optional(),
  use_custom_translation: z.boolean().optional(),
  streaming_mode: z.boolean().optional(),
  streaming_config: z
    .strictObject({
      print_frequency_ms: perDevice,
      print_step: perDevice,
      print_strategy: z.enum(['fast', 'delay']).optional(),
    })
    .optional(),
  style: z
    .strictObject({
      text_size: z
        .record(
          z.string(),
          z.strictObject({ default: z.string().optional(), pc: z.string().optional(), mobile: z.string().optional() }),
        )
        .optional(),
      color: z.record(z.string(), z.strictObject({ light_mode: z.string(), dark_mode: z.string() })).optional(),
    })
    .optional(),
});

const TextTag = z.strictObject({
  tag: z.literal('text_tag'),
  element_id: z.string().optional(),
  text: PlainText.optional(),
  color: TagColor.optional(),
});

export const CardHeader = z.strictObject({
  title: TitleText,
  subtitle: TitleText.optional(),
  text_tag_list: z.array(TextTag).max(3).optional(),
  i18n_text_tag_list: z.record(z.string(), z.array(TextTag).max(3)).optional(),
  template: HeaderColor.optional(),
  icon: Icon.optional(),
  padding: Sides.optional(),
});

const CardBody = z.strictObject({ ...layout, elements: z.array(z.unknown()) });

/** The frame of a card; `checkCard` looks into `body.elements`. */
export const CardFrame = z.strictObject({
  schema: z.literal('2.0'),
  config: CardConfig.optional(),
  card_link: DeviceLinks.optional(),
  header: CardHeader.optional(),
  body: CardBody,
});

/** Every component by its tag. `column` is missing: it stands in a `column_set` only. */
export const components = {
  markdown: Markdown,
  div: Div,
  img: Img,
  img_combination: ImgCombination,
  hr: Hr,
  person: Person,
  person_list: PersonList,
  chart: Chart,
  table: Table,
  audio: Audio,
  column_set: ColumnSet,
  collapsible_panel: CollapsiblePanel,
  interactive_container: InteractiveContainer,
  form: Form,
  button: Button,
  input: Input,
  select_static: SelectStatic,
  multi_select_static: MultiSelectStatic,
  select_person: SelectPerson,
  multi_select_person: MultiSelectPerson,
  date_picker: DatePicker,
  picker_time: PickerTime,
  picker_datetime: PickerDatetime,
  overflow: Overflow,
  checker: Checker,
  select_img: SelectImg,
};

type Shapes = { [Tag in keyof typeof components]: z.infer<(typeof components)[Tag]> };
type Container = 'collapsible_panel' | 'interactive_container' | 'form';

/** A component of a card; narrow it by `tag`. */
export type CardElement =
  | Shapes[Exclude<keyof Shapes, Container | 'column_set'>]
  | CardColumnSet
  | { [Tag in Container]: Omit<Shapes[Tag], 'elements'> & { elements: CardElement[] } }[Container];
export type CardColumnSet = Omit<Shapes['column_set'], 'columns'> & { columns: CardColumn[] };
export type CardColumn = Omit<z.infer<typeof Column>, 'elements'> & { elements?: CardElement[] };
export type CardHeader = z.infer<typeof CardHeader>;
export type CardConfig = z.infer<typeof CardConfig>;

/** A card in which `checkCard` finds no problem. */
export type CardJson = Omit<z.infer<typeof CardFrame>, 'body'> & {
  body: Omit<z.infer<typeof CardBody>, 'elements'> & { elements: CardElement[] };
};
