/** Forms declared once: what each field is called, takes, holds and looks like. A card's template only says where it stands. */

import { AppError } from '../basics/errors.ts';
import type { CardElement } from '../card-json/structure.ts';
import type { Field, Option } from './fields.ts';
import { isRecord } from './walk.ts';

type Fields = Record<string, Field<unknown, boolean>>;
type Value<F> = F extends Field<infer V, boolean> ? V : never;
/** A field that does not say `optional` is inferred as `boolean`, and is not: hence the brackets. */
type Filled<F> = F extends Field<infer V, infer Optional> ? ([Optional] extends [true] ? V | undefined : V) : never;

/** What a form holds when it is shown: a value a field, absent or null where it is empty. */
export type Held<F extends Fields> = { [K in keyof F]?: Value<F[K]> | null | undefined };
/** What a form that was submitted says: what is not optional is there. */
export type Said<F extends Fields> = { [K in keyof F]: Filled<F[K]> };
/** What a form says so far. */
export type SaidSoFar<F extends Fields> = { [K in keyof F]: Value<F[K]> | undefined };

/** A form's refusal: a sentence that says what to mend, while everything that was filled in stays on the screen. */
export class FormRefusal extends AppError {
  constructor(tell: string) {
    super('a form was refused', tell);
  }
}

/**
 * The fields of a card's form, of all its forms where it has several. A card names it as its `form`; `load` then gives `holds` (see
 * `Held`) and, for fields without fixed options, `options`; its templates place `{ "$eval": "form.<field>" }` or all at once, in the
 * order of the declaration, with `{ "$eval": "form.all" }`.
 */
export type Form<F extends Fields> = {
  /** Every field with its label, as elements of a card. */
  draw: (holds: Record<string, unknown>, options: Record<string, Option[]>) => Record<string, CardElement[]>;
  /** What was submitted. Throws `FormRefusal`: what is missing, all of it in one sentence, or the first value that cannot be taken. */
  read: (raw: Record<string, unknown>) => Said<F>;
  /** The same of a form that may be kept half filled in. */
  readSoFar: (raw: Record<string, unknown>) => SaidSoFar<F>;
  /** Some of the fields, for the button that needs only these. */
  pick: <K extends keyof F>(...names: K[]) => Form<Pick<F, K>>;
  /** The labels of the fields that lack a value, in the order of the form; empty when it is complete. */
  missing: (holds: Held<F>) => string[];
  /** Why a text or number that the form holds could not be submitted as it stands; undefined where all could. */
  object: (holds: Held<F>) => string | undefined;
};

/** A form as the house sees it: something to draw; made of the card's variables where its fields depend on them. */
export type CardForm = Drawable | ((variables: Record<string, unknown>) => Drawable);
type Drawable = Pick<Form<Fields>, 'draw'>;

/** The variables of a template with its form drawn, where they say what it holds. */
export function drawForm(form: CardForm | undefined, variables: Record<string, unknown>): Record<string, unknown> {
  const { holds, options, ...rest } = variables;
  if (!form || !isRecord(holds)) return variables;
  const { draw } = typeof form === 'function' ? form(rest) : form;
  return { ...rest, form: draw(holds, (isRecord(options) ? options : {}) as Record<string, Option[]>) };
}

/** Declares a form. */
export function form<F extends Fields>(fields: F): Form<F> {
  const entries = Object.entries(fields);
  const lacking = (has: (name: string) => boolean) =>
    entries.flatMap(([name, field]) => (field.isOptional || has(name) ? [] : [field]));
  const readSoFar = (raw: Record<string, unknown>) =>
    Object.fromEntries(entries.map(([name, field]) => [name, readField(field, field.of ? field.of(raw) : raw[name])]));
  return {
    draw: (holds, options) => {
      const drawn = entries.map(([name, field]) => [name, field.draw(name, holds[name], options[name])] as const);
      return { ...Object.fromEntries(drawn), all: drawn.flatMap(([, elements]) => elements) };
    },
    read: (raw) => {
      const said = readSoFar(raw);
      const gaps = lacking((name) => said[name] !== undefined);
      if (gaps.length > 0) throw new FormRefusal(gaps[0]?.ask ?? sayMissing(gaps.map(({ label }) => label)));
      return said as Said<F>;
    },
    readSoFar: (raw) => readSoFar(raw) as SaidSoFar<F>,
    pick: (...names) =>
      form(Object.fromEntries(names.map((name) => [name, fields[name]])) as Pick<F, (typeof names)[number]>),
    missing: (holds) => lacking((name) => !isEmpty(holds[name])).map(({ label }) => label),
    object: (holds) => {
      for (const [name, field] of entries) {
        const held: unknown = holds[name];
        if ((typeof held !== 'string' && typeof held !== 'number') || isEmpty(held)) continue;
        const read = field.read(String(held));
        if ('objection' in read) return read.objection;
      }
      return undefined;
    },
  };
}

/** 还差：主题、截止时间。 and what to do about it. */
export function sayMissing(labels: string[]): string {
  return `还差：${labels.join('、')}。请补上后再提交。`;
}

function readField<V>(field: Field<V, boolean>, raw: unknown): V | undefined {
  if (isEmpty(raw)) return undefined;
  const read = field.read(raw);
  if ('objection' in read) throw new FormRefusal(read.objection);
  return read.value;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}
