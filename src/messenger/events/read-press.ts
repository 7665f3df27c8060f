/** A press on a card → which button, what it carries, and what stands in the form. */
import { z } from 'zod';
import { cleanText } from '../../basics/text.ts';
import { Id } from '../fields.ts';
import type { PressEvent } from '../port.ts';

/** More than a card has elements. */
const MOST_FIELDS = 300;

const Name = z
  .string()
  .max(200)
  .refine((name) => cleanText(name) === name);
const Short = z.string().max(10_000).transform(cleanText);
/** One string, several for a multi-select, a boolean for a tick. */
const FormValue = z.union([Short, z.array(Short).max(1000), z.boolean(), z.number(), z.null()]);

const CardAction = z.object({
  operator: z.object({ open_id: Id }),
  action: z.object({
    value: z.unknown().optional(),
    name: z.string().max(2000).nullish(),
    form_value: recordOf(FormValue).nullish(),
    input_value: Short.nullish(),
    option: Short.nullish(),
    options: z.union([Short, z.array(Short).max(1000)]).nullish(),
  }),
  context: z.object({ open_message_id: Id.nullish(), open_chat_id: Id.nullish() }).nullish(),
});

/** Flat, as the cards write it. */
const ButtonValue = recordOf(z.union([Short, z.boolean(), z.number(), z.null()]));
const BUTTON = /^[a-z0-9-]{1,100}\/[a-z0-9-]{1,100}$/;

/**
 * The press; undefined where it did not happen on a card in a chat (a link preview). Throws when the shape is not the
 * documented one. Our convention: a component carries `value.press`, `<feature>/<button>`, and its further keys are the
 * value. A form's submit button cannot carry a value, so its name says it all: `<feature>/<button>?key=value&…`.
 */
export function readPress(event: unknown): Omit<PressEvent, 'kind' | 'id' | 'at'> | undefined {
  const { operator, action, context } = CardAction.parse(event);
  if (!context?.open_message_id || !context.open_chat_id) return undefined;
  const option = action.option || readSingle(action.options) || action.input_value;
  return {
    person: operator.open_id,
    chat: context.open_chat_id,
    messageId: context.open_message_id,
    ...(readValue(action.value) ?? readValue(valueOfName(action.name ?? '')) ?? { button: '', value: {} }),
    form: action.form_value ?? {},
    ...(option && { option }),
  };
}

type Pressed = Pick<PressEvent, 'button' | 'value'>;

function readValue(written: unknown): Pressed | undefined {
  const parsed = ButtonValue.safeParse(written);
  if (!parsed.success) return undefined;
  const { press, ...value } = parsed.data;
  return typeof press === 'string' && BUTTON.test(press) ? { button: press, value } : undefined;
}

/** What a submit button's name stands for, as the value of another button. */
function valueOfName(name: string): Record<string, string> {
  const [press = '', ...query] = name.split('?');
  return { ...Object.fromEntries(new URLSearchParams(query.join('?'))), press };
}

function recordOf<T extends z.ZodType>(value: T) {
  return z.record(Name, value).refine((fields) => Object.keys(fields).length <= MOST_FIELDS);
}

/** Image selectors write their single choice into `options`, as a string or as a list. */
function readSingle(options: string | string[] | null | undefined): string | undefined {
  return Array.isArray(options) ? options[0] : (options ?? undefined);
}
