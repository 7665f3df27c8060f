/** What a form or a picker may carry that no screen ever sends: every field of every card that is out, one strange value at a time. */
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { liveIn } from './lived-in.ts';
import { type HeldCard, openInnerDoor } from './press-directly.ts';

/** Days and instants that do not exist or that no table holds, numbers beyond each type, ids of nothing, and other types. */
const STRANGE: unknown[] = [
  ...[
    '2026-02-30 +0800',
    '2026-13-01',
    '0000-00-00',
    '9999-99-99 +0800',
    '0000-01-01 00:00 +0800',
    '9999-12-31 23:59 -2359',
  ],
  ...['2026-02-30 18:00 +0800', '2026-12-03 18:00 +9999', '0001-01-01 +0000', '9999-12-31'],
  ...[
    '-1',
    '0',
    '1e9',
    '99999999999999999999',
    '2147483648',
    '9223372036854775808',
    '0.1',
    'NaN',
    'Infinity',
    '0x10',
    '１２',
    '٣',
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'x',
    "';--",
    '长'.repeat(10_000),
    '\n\n',
    '<at id=all></at>',
    '%',
    '\\',
    '__proto__',
  ],
  ...[
    'unit:x',
    'branch:00000000-0000-0000-0000-000000000000',
    'branch:------------------------------------',
    'point:------------------------------------',
  ],
  ...[
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    true,
    false,
    null,
    [],
    ['x', 'x'],
    ['00000000-0000-0000-0000-000000000000'],
    Array.from({ length: 1000 }, (_, at) => `x${at}`),
  ],
];

type Part = Record<string, unknown>;

it('answers in words whatever a form or a picker carries', { timeout: 900_000 }, async () => {
  const { house } = await liveIn();
  await house.app.stop();
  const db = openDatabase(house.appConfig.DATABASE_URL ?? '', () => undefined);
  onTestFinished(() => db.close());
  const door = openInnerDoor(db);
  const out = await db.sql<HeldCard & { messageId: string }>`
    SELECT id, feature, card, ref, recipient, "messageId" FROM delivery WHERE NOT "isFile" AND "messageId" IS NOT NULL AND state <> 'recalled'`;
  const wrong: string[] = [];
  let pressed = 0;
  for (const held of out) {
    const message = house.emulator.messagesOf(held.recipient).find(({ id }) => id === held.messageId);
    for (const { button, value, fields, isPicker } of submitsOf(message?.content)) {
      const tries = isPicker
        ? STRANGE.filter((one) => typeof one === 'string').map((option) => ({ value, option }))
        : Object.keys(fields).flatMap((name) => STRANGE.map((one) => ({ value, form: { ...fields, [name]: one } })));
      for (const press of tries) {
        const before = door.errors.length;
        const { toast } = await door.press(held, button, press as object);
        pressed += 1;
        if (!toast || toast.type === 'error' || door.errors.length > before)
          wrong.push(
            `${held.feature}/${held.card} ${button} ${JSON.stringify(press).slice(0, 400)} → ${toast?.content} ${JSON.stringify(door.errors.at(-1)).slice(0, 500)}`,
          );
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(pressed).toBeGreaterThan(5_000);
});

type Submit = { button: string; value: Record<string, string>; fields: Part; isPicker: boolean };

/** The submit buttons of a card with the fields around each, and its pickers outside forms. */
function submitsOf(card: unknown): Submit[] {
  const found: Submit[] = [];
  const visit = (node: unknown, fields: Part | undefined): void => {
    if (Array.isArray(node)) for (const child of node) visit(child, fields);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const part = node as Part;
    const around = part.tag === 'form' ? fieldsOf(part) : fields;
    if (part.form_action_type === 'submit' && around) {
      const [button = '', query = ''] = String(part.name).split('?');
      found.push({ button, value: Object.fromEntries(new URLSearchParams(query)), fields: around, isPicker: false });
    }
    const value = part.type === 'callback' ? (part.value as Part) : undefined;
    if (value && !around) {
      const { press, ...rest } = value;
      found.push({ button: String(press), value: rest as Record<string, string>, fields: {}, isPicker: true });
    }
    for (const child of Object.values(part)) visit(child, around);
  };
  visit(card, undefined);
  return found.filter(({ button }, at) => found.findIndex((one) => one.button === button) === at);
}

function fieldsOf(form: Part): Part {
  const fields: Part = {};
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const part = node as Part;
    if (typeof part.name === 'string' && part.tag !== 'button' && part.tag !== 'form') {
      const picked = part.initial_datetime ?? part.initial_date;
      fields[part.name] = picked
        ? `${picked} +0800`
        : (part.default_value ?? part.initial_option ?? part.selected_values ?? '');
    }
    for (const child of Object.values(part)) visit(child);
  };
  visit(form);
  return fields;
}
