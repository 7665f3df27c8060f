/** What a card shows: Card JSON 2.0, `/feishu-cards/card-json-v2-components/content-components/*`. */
import { z } from 'zod';
import {
  Color,
  CornerRadius,
  common,
  HorizontalAlign,
  Icon,
  PlainText,
  Sides,
  Text,
  TextSize,
  VerticalAlign,
} from './values.ts';

export const Markdown = z.strictObject({
  tag: z.literal('markdown'),
  ...common,
  content: z.string(),
  text_size: TextSize.optional(),
  text_align: HorizontalAlign.optional(),
  icon: Icon.optional(),
  i18n_content: z.record(z.string(), z.string()).optional(),
});

export const Div = z.strictObject({
  tag: z.literal('div'),
  ...common,
  text: Text.optional(),
  icon: Icon.optional(),
  width: z
    .string()
    .regex(/^(fill|auto|\d{2,3}px)$/)
    .optional(),
});

export const Img = z.strictObject({
  tag: z.literal('img'),
  ...common,
  img_key: z.string().min(1),
  alt: PlainText,
  title: PlainText.optional(),
  scale_type: z.enum(['crop_center', 'crop_top', 'fit_horizontal']).optional(),
  size: z
    .string()
    .regex(/^(stretch|large|medium|small|tiny|\d{1,4}px \d{1,4}px)$/)
    .optional(),
  corner_radius: CornerRadius.optional(),
  transparent: z.boolean().optional(),
  preview: z.boolean().optional(),
});

export const ImgCombination = z.strictObject({
  tag: z.literal('img_combination'),
  ...common,
  combination_mode: z.enum(['double', 'triple', 'bisect', 'trisect']),
  combination_transparent: z.boolean().optional(),
  corner_radius: CornerRadius.optional(),
  img_list: z.array(z.strictObject({ img_key: z.string().min(1) })).max(9),
});

export const Hr = z.strictObject({ tag: z.literal('hr'), ...common });

const person = {
  size: z.enum(['extra_small', 'small', 'medium', 'large']).optional(),
  show_avatar: z.boolean().optional(),
  show_name: z.boolean().optional(),
};

export const Person = z.strictObject({
  tag: z.literal('person'),
  ...common,
  ...person,
  user_id: z.string().min(1),
  style: z.enum(['normal', 'capsule']).optional(),
});

export const PersonList = z.strictObject({
  tag: z.literal('person_list'),
  ...common,
  ...person,
  persons: z.array(z.strictObject({ id: z.string().min(1) })),
  lines: z.int().min(1).optional(),
  drop_invalid_user_id: z.boolean().optional(),
  icon: Icon.optional(),
  ud_icon: z
    .strictObject({ token: z.string(), style: z.strictObject({ color: Color.optional() }).optional() })
    .optional(),
});

/** The documented chart types, as VChart names them. */
const ChartType = z.enum([
  'line',
  'area',
  'bar',
  'pie',
  'common',
  'funnel',
  'scatter',
  'radar',
  'linearProgress',
  'circularProgress',
  'wordCloud',
]);

export const Chart = z.strictObject({
  tag: z.literal('chart'),
  ...common,
  chart_spec: z.looseObject({ type: ChartType }),
  aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
  color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
  preview: z.boolean().optional(),
  height: z
    .string()
    .regex(/^(auto|\d{1,3}px)$/)
    .optional(),
});

const TableColumn = z.strictObject({
  name: z.string().min(1),
  display_name: z.string().optional(),
  width: z
    .string()
    .regex(/^(auto|\d{2,3}px|\d{1,3}%)$/)
    .optional(),
  data_type: z.enum(['text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown']),
  format: z
    .strictObject({
      symbol: z.string().max(1).optional(),
      precision: z.int().min(0).max(10).optional(),
      separator: z.boolean().optional(),
    })
    .optional(),
  date_format: z.string().optional(),
  vertical_align: VerticalAlign.optional(),
  horizontal_align: HorizontalAlign.optional(),
});

export const Table = z.strictObject({
  tag: z.literal('table'),
  ...common,
  page_size: z.int().min(1).max(10).optional(),
  row_height: z
    .string()
    .regex(/^(low|middle|high|auto|\d{2,3}px)$/)
    .optional(),
  row_max_height: z
    .string()
    .regex(/^\d{2,3}px$/)
    .optional(),
  freeze_first_column: z.boolean().optional(),
  header_style: z
    .strictObject({
      text_align: HorizontalAlign.optional(),
      text_size: TextSize.optional(),
      background_style: z.enum(['none', 'grey']).optional(),
      text_color: z.enum(['default', 'grey']).optional(),
      bold: z.boolean().optional(),
      lines: z.int().min(1).optional(),
    })
    .optional(),
  columns: z.array(TableColumn).min(1).max(50),
  rows: z.array(z.record(z.string(), z.unknown())),
});
export type Table = z.infer<typeof Table>;

/** Needs `enable_forward: false` and a client from 7.49. */
export const Audio = z.strictObject({
  tag: z.literal('audio'),
  ...common,
  padding: Sides.optional(),
  file_key: z.string().min(1),
  audio_id: z.string().optional(),
  show_time: z.boolean().optional(),
  style: z.enum(['normal', 'speak']).optional(),
  width: z.string().optional(),
  background_color: Color.optional(),
  fill_color: Color.optional(),
});
