/** Card JSON 2.0 as far as the page draws it: Feishu's own names, every part optional that a card may leave out. */

export type Card = {
  schema?: string;
  config?: {
    width_mode?: 'default' | 'compact' | 'fill';
    summary?: { content?: string };
    style?: {
      text_size?: Record<string, { default?: string; pc?: string; mobile?: string }>;
      color?: Record<string, { light_mode?: string; dark_mode?: string }>;
    };
  };
  header?: Header;
  body?: Flow & { elements?: CardElement[] };
};

export type Header = {
  title?: Text;
  subtitle?: Text;
  template?: string;
  padding?: string;
  icon?: Icon;
  text_tag_list?: { text?: Text; color?: string }[];
};

export type Text = {
  tag?: 'plain_text' | 'lark_md';
  content?: string;
  i18n_content?: Record<string, string>;
  text_size?: string;
  text_color?: string;
  text_align?: string;
  lines?: number;
};
export type Icon = { tag?: string; token?: string; color?: string; img_key?: string };
export type Confirm = { title?: Text; text?: Text };
export type Behavior =
  | { type: 'callback'; value?: Record<string, unknown> | string }
  | { type: 'open_url'; default_url?: string; pc_url?: string };

/** How a container lays out what it holds. */
export type Flow = {
  direction?: string;
  padding?: string;
  horizontal_spacing?: string;
  vertical_spacing?: string;
  horizontal_align?: string;
  vertical_align?: string;
};

type Base = { element_id?: string; margin?: string };
type Interactive = Base & {
  name?: string;
  behaviors?: Behavior[];
  confirm?: Confirm;
  disabled?: boolean;
  disabled_tips?: Text;
  hover_tips?: Text;
  width?: string;
};
type Field = Interactive & { required?: boolean; placeholder?: Text };

export type DivElement = Base & {
  tag: 'div';
  text?: Text;
  icon?: Icon;
  width?: string;
  fields?: { is_short?: boolean; text?: Text }[];
};
export type MarkdownElement = Base & {
  tag: 'markdown';
  content?: string;
  text_size?: string;
  text_align?: string;
  icon?: Icon;
};
export type HrElement = Base & { tag: 'hr' };
export type ImageElement = Base & {
  tag: 'img';
  img_key?: string;
  alt?: Text;
  title?: Text;
  scale_type?: string;
  size?: string;
  corner_radius?: string;
  preview?: boolean;
};
export type ImageSetElement = Base & {
  tag: 'img_combination';
  combination_mode?: string;
  img_list?: { img_key?: string }[];
  corner_radius?: string;
};
export type PersonElement = Base & {
  tag: 'person';
  user_id?: string;
  size?: string;
  show_avatar?: boolean;
  show_name?: boolean;
  style?: string;
};
export type PersonListElement = Base & {
  tag: 'person_list';
  persons?: { id?: string }[];
  size?: string;
  show_avatar?: boolean;
  show_name?: boolean;
};
export type ChartElement = Base & {
  tag: 'chart';
  chart_spec?: Record<string, unknown>;
  aspect_ratio?: string;
  color_theme?: string;
  height?: string;
};
export type TableColumn = {
  name: string;
  display_name?: string;
  width?: string;
  data_type?: string;
  horizontal_align?: string;
  format?: { symbol?: string; precision?: number; separator?: boolean };
  date_format?: string;
};
export type TableElement = Base & {
  tag: 'table';
  page_size?: number;
  row_height?: string;
  header_style?: { background_style?: string; bold?: boolean; text_align?: string };
  columns?: TableColumn[];
  rows?: Record<string, unknown>[];
};

export type Column = Base &
  Flow & { tag: 'column'; width?: string; weight?: number; background_style?: string; elements?: CardElement[] };
export type ColumnSetElement = Base & {
  tag: 'column_set';
  flex_mode?: string;
  background_style?: string;
  horizontal_spacing?: string;
  horizontal_align?: string;
  columns?: Column[];
};
export type PanelElement = Base &
  Flow & {
    tag: 'collapsible_panel';
    expanded?: boolean;
    header?: { title?: Text; background_color?: string; padding?: string; icon?: Icon; icon_position?: string };
    border?: { color?: string; corner_radius?: string };
    background_color?: string;
    elements?: CardElement[];
  };
export type BoxElement = Interactive &
  Flow & {
    tag: 'interactive_container';
    background_style?: string;
    has_border?: boolean;
    border_color?: string;
    corner_radius?: string;
    elements?: CardElement[];
  };
export type FormElement = Base & Flow & { tag: 'form'; name?: string; elements?: CardElement[] };

export type ButtonElement = Interactive & {
  tag: 'button';
  text?: Text;
  type?: string;
  size?: string;
  icon?: Icon;
  form_action_type?: 'submit' | 'reset';
};
export type InputElement = Field & {
  tag: 'input';
  default_value?: string;
  input_type?: 'text' | 'multiline_text' | 'password';
  rows?: number;
  max_length?: number;
  label?: Text;
};
export type Option = { text?: Text; value: string; icon?: Icon; multi_url?: { url?: string } };
export type SelectElement = Field & {
  tag: 'select_static' | 'multi_select_static' | 'select_person' | 'multi_select_person';
  options?: Option[];
  initial_option?: string;
  initial_index?: number;
  selected_values?: string[];
};
export type PickerElement = Field & {
  tag: 'date_picker' | 'picker_time' | 'picker_datetime';
  initial_date?: string;
  initial_time?: string;
  initial_datetime?: string;
};
export type OverflowElement = Interactive & { tag: 'overflow'; options?: Option[] };
export type CheckerElement = Interactive & {
  tag: 'checker';
  text?: Text;
  checked?: boolean;
  checked_style?: { show_strikethrough?: boolean; opacity?: number };
};
export type SelectImageElement = Field & {
  tag: 'select_img';
  multi_select?: boolean;
  layout?: string;
  options?: { img_key?: string; value: string; disabled?: boolean }[];
};

export type InteractiveElement = Interactive;
export type FieldElement = InputElement | SelectElement | PickerElement | CheckerElement | SelectImageElement;
export type CardElement =
  | DivElement
  | MarkdownElement
  | HrElement
  | ImageElement
  | ImageSetElement
  | PersonElement
  | PersonListElement
  | ChartElement
  | TableElement
  | ColumnSetElement
  | PanelElement
  | BoxElement
  | FormElement
  | ButtonElement
  | OverflowElement
  | FieldElement;
