/** The fields that forms are made of: how each is drawn in Card JSON 2.0, and what it takes back. */
import { z } from 'zod';
import type { CardElement } from '../card-json/structure.ts';
import { objectToLength, PickedDay, PickedInstant } from './form-values.ts';
import { parts } from './parts.ts';

/** What a select offers. */
export type Option = { text: string; value: string };

/**
 * `label` is what a refusal calls it, `ask` the sentence that asks for it, where it has one of its own. `draw` is the label and the
 * components that hold `holds`. `read` is asked of what is not empty: of the value that has the field's name, or of what `of` finds.
 */
export type Field<V, Optional extends boolean = false> = {
  label: string;
  isOptional: Optional;
  ask?: string;
  draw: (name: string, holds: unknown, options: Option[] | undefined) => CardElement[];
  read: (raw: unknown) => { value: V } | { objection: string };
  of?: (form: Record<string, unknown>) => unknown;
};

/**
 * `note` stands behind the label; `example` in the empty field. Where the house's words would not do: `called` is what refusals call it,
 * `ask` is said when it is missing, `wrong` when it cannot be taken. A field whose label is empty is drawn without one.
 */
type Words<O> = { note?: string; example?: string; optional?: O; called?: string; ask?: string; wrong?: string };

/** A text, trimmed, of at most `max` characters (Feishu's limit of an input is 1,000); of several `lines`, and more, where it says so. */
export function text<O extends boolean = false>(
  label: string,
  { max, lines, ...words }: Words<O> & { max: number; lines?: number },
): Field<string, O> {
  return field<string, O>(label, words, {
    components: (name, holds) => [
      {
        ...input(name, words.example, String(holds ?? '')),
        max_length: Math.min(max, 1000),
        ...(lines && { input_type: 'multiline_text', rows: lines, auto_resize: true }),
      },
    ],
    read: (raw, called) => {
      const said = parsed(called, z.string().trim(), raw);
      const objection = 'value' in said ? objectToLength(said.value, max, called) : undefined;
      return objection ? { objection } : said;
    },
  });
}

/** A whole number. */
export function whole<O extends boolean = false>(
  label: string,
  { from, to, ...words }: Words<O> & { from: number; to: number },
): Field<number, O> {
  return field<number, O>(label, words, {
    components: (name, holds) => [
      {
        ...input(name, words.example, holds === undefined || holds === null ? '' : String(holds)),
        max_length: String(to).length + 2,
      },
    ],
    read: (raw, called) => {
      const said = typeof raw === 'string' ? raw.trim().normalize('NFKC') : '';
      const isWithin = /^\d+$/.test(said) && Number(said) >= from && Number(said) <= to;
      return isWithin ? { value: Number(said) } : { objection: `${called}要在${from}到${to}之间，请改正后再提交。` };
    },
  });
}

/** One of these, by key, with its words. */
export function choice<K extends string, O extends boolean = false>(
  label: string,
  of: Record<K, string>,
  words: Words<O> = {},
): Field<K, O> {
  return option(label, { ...words, is: z.enum(Object.keys(of) as [K, ...K[]]) }, fixedOptions(of));
}

/** One of the options that the card's `load` gives; `is` says what their values are. Where there are none it is not drawn. */
export function option<V, O extends boolean = false>(
  label: string,
  { is, ...words }: Words<O> & { is: z.ZodType<V> },
  fixed: Option[] = [],
): Field<V, O> {
  return field(label, words, {
    components: (name, holds, options = fixed) => select(name, options, words.example ?? `选择${label}`, holds),
    read: (raw, called) => parsed(called, is, raw),
  });
}

/** Several of them, at most so many; fixed ones `of` a record, or those that `load` gives. */
export function options<V extends string, O extends boolean = false>(
  label: string,
  {
    is,
    of,
    atMost = Number.POSITIVE_INFINITY,
    ...words
  }: Words<O> & {
    is: z.ZodType<V>;
    of?: Record<V, string>;
    atMost?: number;
  },
): Field<V[], O> {
  return field<V[], O>(label, words, {
    components: (name, holds, options = fixedOptions(of ?? {})) => {
      const held = Array.isArray(holds) ? holds.filter((one) => options.some(({ value }) => value === one)) : [];
      const [single] = select(name, options, words.example ?? `选择${label}`, held[0]);
      if (!single || atMost === 1) return single ? [single] : [];
      const { initial_option: _, ...rest } = single;
      return [{ ...rest, tag: 'multi_select_static', ...(held.length > 0 && { selected_values: held }) }];
    },
    read: (raw, called) => {
      const said = parsed(called, z.array(is), [raw].flat());
      if ('objection' in said) return said;
      const value = [...new Set(said.value)];
      return value.length > atMost ? { objection: `${called}最多选${atMost}项，请减少后再提交。` } : { value };
    },
  });
}

/** Several of the options that `load` gives, each a box to tick whose name is its value: at most one such field a form. */
export function ticks<V extends string, O extends boolean = false>(
  label: string,
  { is, ...words }: Words<O> & { is: z.ZodType<V> },
): Field<V[], O> {
  const built = field<V[], O>(label, words, {
    components: (_name, holds, options = []) =>
      options.map(({ value, text }) => checker(value, text, Array.isArray(holds) && holds.includes(value))),
    read: (raw, called) => parsed(called, z.array(is), raw),
  });
  const isOwn = (name: string) => is.safeParse(name).success;
  return {
    ...built,
    of: (form) =>
      Object.keys(form)
        .filter((name) => isOwn(name) && isTicked(form[name]))
        .sort(),
  };
}

/** A moment, to the minute; shown as `holds` says it, `2026-11-27 18:00` (`formatForPicker`). */
export function instant<O extends boolean = false>(label: string, words: Words<O> = {}): Field<Date, O> {
  return field(label, words, {
    components: (name, holds) => [
      {
        tag: 'picker_datetime',
        name,
        width: 'fill',
        placeholder: plain(words.example ?? `选择${label}`),
        ...(holds ? { initial_datetime: String(holds) } : {}),
      },
    ],
    read: (raw, called) => parsed(called, PickedInstant, raw),
  });
}

/** A day, `2026-11-27`. */
export function day<O extends boolean = false>(label: string, words: Words<O> = {}): Field<string, O> {
  return field(label, words, {
    components: (name, holds) => [
      {
        tag: 'date_picker',
        name,
        width: 'fill',
        placeholder: plain(words.example ?? `选择${label}`),
        ...(holds ? { initial_date: String(holds) } : {}),
      },
    ],
    read: (raw, called) => parsed(called, PickedDay, raw),
  });
}

/** Something that is so or not: a box to tick, whose words are the label. */
export function flag(label: string): Field<boolean, true> {
  return {
    label,
    isOptional: true,
    draw: (name, holds) => [checker(name, label, holds === true)],
    read: (raw) => ({ value: isTicked(raw) }),
  };
}

type Built<V> = {
  /** Without any, the label is left out too. */
  components: (name: string, holds: unknown, options: Option[] | undefined) => CardElement[];
  read: (raw: unknown, called: string) => ReturnType<Field<V>['read']>;
};

function field<V, O extends boolean>(label: string, words: Words<O>, { components, read }: Built<V>): Field<V, O> {
  const isOptional = (words.optional ?? false) as O;
  const called = words.called ?? label;
  const { note = isOptional ? '可以不填' : '', ask, wrong } = words;
  const drawLabel = () => parts.label?.({ part: 'label', text: note ? `${label}（${note}）` : label }) ?? [];
  return {
    label: called,
    isOptional,
    ...(ask && { ask }),
    draw: (name, holds, options) => {
      const drawn = components(name, holds, options);
      return drawn.length > 0 && label !== '' ? [...drawLabel(), ...drawn] : drawn;
    },
    read: (raw) => {
      const said = read(raw, called);
      return 'objection' in said && wrong ? { objection: wrong } : said;
    },
  };
}

function input(name: string, example: string | undefined, holds: string): CardElement & { tag: 'input' } {
  return { tag: 'input', name, width: 'fill', default_value: holds, ...(example && { placeholder: plain(example) }) };
}

function select(
  name: string,
  options: Option[],
  example: string,
  holds: unknown,
): (CardElement & { tag: 'select_static' })[] {
  if (options.length === 0) return [];
  const held = options.find(({ value }) => value === String(holds));
  return [
    {
      tag: 'select_static',
      name,
      width: 'fill',
      placeholder: plain(example),
      options: options.map(({ text, value }) => ({ text: plain(text), value })),
      ...(held && { initial_option: held.value }),
    },
  ];
}

function checker(name: string, text: string, checked: boolean): CardElement {
  return { tag: 'checker', name, checked, text: plain(text) };
}

function isTicked(value: unknown): boolean {
  return value === true || value === 'true';
}

function fixedOptions(of: Record<string, string>): Option[] {
  return Object.entries(of).map(([value, text]) => ({ value, text }));
}

function plain(content: string) {
  return { tag: 'plain_text' as const, content };
}

/** What a picker reports is never typed by hand: a value that does not fit comes from an outdated card. */
function parsed<V>(called: string, schema: z.ZodType<V>, raw: unknown): { value: V } | { objection: string } {
  const { success, data } = schema.safeParse(raw);
  return success ? { value: data } : { objection: `${called}没有看懂，请重新选择后再提交。` };
}
