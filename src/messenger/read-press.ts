/** A press on a card → which button, what it carries, and what stands in the form. */
import { z } from 'zod';
import type { PressEvent } from './port.ts';

const Id = z.string().min(1).max(200);
const Name = z.string().max(200);
const Short = z.string().max(10_000);
/** One string, several for a multi-select, a boolean for a tick. */
const FormValue = z.union([Short, z.array(Short).max(1000), z.boolean(), z.number(), z.null()]);

const CardAction = z.object({
  operator: z.object({ open_id: Id }),
  action: z.object({
    value: z.unknown().optional(),
    name: z.string().max(2000).nullish(),
    form_value: z.record(Name, FormValue).nullish(),
    input_value: Short.nullish(),
    option: Short.nullish(),
    options: z.union([Short, z.array(Short).max(1000)]).nullish(),
  }),
  context: z.object({ open_message_id: Id.nullish(), open_chat_id: Id.nullish() }).nullish(),
});

const ButtonValue = z.record(Name, z.unknown());
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
    ...(readValue(action.value) ?? readName(action.name ?? '') ?? { button: '', value: {} }),
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

function readName(name: string): Pressed | undefined {
  const at = name.indexOf('?');
  const button = at < 0 ? name : name.slice(0, at);
  if (!BUTTON.test(button)) return undefined;
  return { button, value: at < 0 ? {} : Object.fromEntries(new URLSearchParams(name.slice(at + 1))) };
}

/** Image selectors write their single choice into `options`, as a string or as a list. */
function readSingle(options: string | string[] | null | undefined): string | undefined {
  return Array.isArray(options) ? options[0] : (options ?? undefined);
}
