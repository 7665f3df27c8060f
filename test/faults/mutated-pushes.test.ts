/** Ten thousand changed pushes with a good signature: none brings the bot down, none comes again, and it answers as before. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { post, seal, sign } from '../messenger/feishu-push.ts';
import { type House, openHouse } from '../support/house.ts';

const SEED = 20261123;
const COUNT = 10_000;
const AT_ONCE = 24;
/** So many say enough. */
const MOST_FAILURES = 10;
const TIMEOUT_MS = 480_000;

/** What a database cannot hold, alone or in a text, and what reads otherwise than it stands. */
const POISON = ['\u0000', '\ud800', '\udc00', '\ud83d', 'a\u0000b', '\u0000\ud800', '\u202e', '\u200b', '\uffff'];

/** What else may stand in the place of a value, or in the middle of a text. */
const STRANGE: unknown[] = [
  ...['', ' ', '\\u0000', '{"text":"\\u0000"}', '[', '_x0000_', '0', '-1', '99999999999999999', '/', '?', '%00'],
  ...['00000000-0000-0000-0000-000000000000', '__proto__', 'constructor', "';--", '<at id=all></at>'],
  ...['长'.repeat(300), 'x'.repeat(30_000), 0, -1, 1e308, 2 ** 53, true, false, null, [], {}, [[]]],
  ...[['\u0000'], { '\u0000': '\ud800' }, 'DEEP'],
  Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`field${index}`, 'x'])),
];

/** Written by hand: nothing that writes JSON goes so deep. */
const DEEP = '['.repeat(50_000) + ']'.repeat(50_000);

type Push = { header?: Record<string, string>; event?: Record<string, unknown> } & Record<string, unknown>;

/** A share of what there is: all are as likely. */
const share = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((count) => count / 1_000_000);

/** Where it happens and what happens there. */
const mutation = fc.record({
  push: share,
  writer: share,
  at: share,
  within: share,
  poison: fc.oneof(fc.constantFrom<unknown>(...POISON), fc.constantFrom(...STRANGE)),
  byte: fc.nat(255),
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('insert' as const) },
    { weight: 3, arbitrary: fc.constant('replace' as const) },
    { weight: 1, arbitrary: fc.constant('rename' as const) },
    { weight: 1, arbitrary: fc.constant('leave out' as const) },
    { weight: 2, arbitrary: fc.constant('flip a byte' as const) },
    { weight: 1, arbitrary: fc.constant('cut off' as const) },
    { weight: 1, arbitrary: fc.constant('flip a sealed byte' as const) },
    { weight: 1, arbitrary: fc.constant('not sealed' as const) },
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

it('10,000 changed pushes, each signed: never 5xx, no error in the log, and a person is answered afterwards', {
  timeout: TIMEOUT_MS,
}, async () => {
  const house = await openHouse();
  const pushes = await recordPushes(house);
  const kinds = new Set(pushes.map(kindOf));
  expect([...kinds].sort()).toEqual([
    'card.action.trigger button',
    'card.action.trigger form',
    'card.action.trigger picker_datetime',
    'contact.department.created_v3',
    'contact.department.deleted_v3',
    'contact.department.updated_v3',
    'contact.user.created_v3',
    'contact.user.deleted_v3',
    'contact.user.updated_v3',
    'im.message.message_read_v1',
    'im.message.receive_v1 file',
    'im.message.receive_v1 post',
    'im.message.receive_v1 text',
    'url_verification',
  ]);

  const people = await house.app.db.sql<{ id: string }>`SELECT id FROM person WHERE status = 'active' ORDER BY id`;
  const writers = people.map(({ id }) => id);
  const bodies = fc
    .sample(mutation, { seed: SEED, numRuns: COUNT })
    .map((how, index) => mutate(pushes, writers, how, index, house));
  const statuses = new Map<number, number>();
  const failed: string[] = [];
  let next = 0;
  const sender = async () => {
    for (let index = next++; index < COUNT && failed.length < MOST_FAILURES; index = next++) {
      const { body, plain } = bodies[index] ?? { body: Buffer.alloc(0), plain: '' };
      const headers = sign(body, house.credentials.encryptKey);
      const { status } = await post(`${house.app.url}/webhook/event`, body, headers);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) failed.push(plain.slice(0, 1_000));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  expect(failed).toEqual([]);
  // Most of them are genuine in Feishu's eyes, so that the house itself was reached and not only its door.
  expect(statuses.get(200)).toBeGreaterThan(COUNT / 2);

  await house.settles();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('帮助');
  expect(officer.seesLast()).toContain('您可以办理');
  expect(house.logged.filter(({ level, err }) => Number(level) >= 50 || hasStack(err))).toEqual([]);
});

/** One push of every kind, as the house really got them. */
async function recordPushes(house: House): Promise<Push[]> {
  const { emulator } = house;
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习全会精神 https://example.gov.cn/a');
  await secretary.picks('2026-12-03 18:00 +0800');
  await secretary.presses('确认发布');
  await house.settles();
  await officer.reads();
  await officer.replies('第一议题学习', '今天');
  await officer.presses('一小时后');
  await officer.presses('我已完成', { reflection: '很受教育' });
  await officer.sends('名单.xlsx', Buffer.from('no workbook'));
  emulator.sayWithPictures(officer.id, '提名 程立山', [Buffer.from('picture')]);
  const { users: [user] = [], unit } = { users: [newUser()], unit: { open_department_id: 'od-new', name: '新中队' } };
  if (user) emulator.contacts.add(user);
  emulator.contacts.change('ou_new', { name: '新同志' });
  emulator.contacts.leave('ou_new');
  emulator.contacts.putUnit({ ...unit, parent: '0', order: 9 });
  emulator.contacts.putUnit({ ...unit, name: '新大队', parent: '0', order: 9 });
  emulator.contacts.removeUnit('od-new');
  await house.settles();
  const token = house.credentials.verificationToken;
  const heard = emulator.calls.filter(({ direction }) => direction === 'in').map(({ request }) => request as Push);
  return [
    ...heard.map((push) => ({ ...push, header: { ...push.header, token } })),
    { type: 'url_verification', challenge: 'ajls384k', token },
  ];
}

function newUser() {
  return {
    ...{ open_id: 'ou_new', union_id: 'on_new', user_id: 'new', name: '新人', department_ids: ['0'], mobile: '+861' },
    ...{ employee_type: 1, job_title: '民警', custom_attrs: [] },
    status: { is_activated: true, is_frozen: false, is_resigned: false, is_exited: false, is_unjoin: false },
  };
}

function kindOf({ type, header, event }: Push): string {
  const { message, action } = (event ?? {}) as {
    message?: { message_type: string };
    action?: { tag: string; form_value?: object };
  };
  const kind = message?.message_type ?? (action?.form_value ? 'form' : action?.tag);
  return [header?.event_type ?? type, kind].filter(Boolean).join(' ');
}

/** A push with another id, so that it is no repetition, changed in one place, as it goes over the wire. */
function mutate(
  pushes: Push[],
  writers: string[],
  how: Mutation,
  index: number,
  house: House,
): { body: Buffer; plain: string } {
  const push = structuredClone(pick(pushes, how.push) ?? {});
  if (push.header) push.header.event_id = `changed-${index}`;
  const { message, sender } = (push.event ?? {}) as {
    message?: { message_id: string; content: unknown };
    sender?: { sender_id: { open_id: string } };
  };
  if (message && sender) {
    // Nobody gets more than five messages a second, so that the answers to one alone would take an hour.
    sender.sender_id.open_id = pick(writers, how.writer) ?? '';
    message.message_id = `om_changed-${index}`;
    message.content = JSON.parse(String(message.content));
  }
  changeField(push, how);
  if (message && typeof message.content === 'object') message.content = JSON.stringify(message.content);
  const plain = changeBytes(Buffer.from(JSON.stringify(push).replace('"DEEP"', DEEP)), how, ['flip a byte', 'cut off']);
  if (how.how === 'not sealed') return { body: plain, plain: plain.toString() };
  const sealed = Buffer.from(seal(plain, house.credentials.encryptKey));
  return { body: changeBytes(sealed, how, ['flip a sealed byte']), plain: plain.toString() };
}

function pick<T>(all: T[], share: number): T | undefined {
  return all[Math.floor(share * all.length)];
}

function changeField(push: object, { how, at, within, poison }: Mutation): void {
  const places = [...walk(push)];
  const { parent, key } = pick(places, at) ?? { parent: {}, key: '' };
  const value = parent[key];
  if (how === 'leave out') delete parent[key];
  if (how === 'replace') parent[key] = poison;
  if (how === 'rename') {
    delete parent[key];
    Object.defineProperty(parent, String(poison).slice(0, 300), { value, enumerable: true, configurable: true });
  }
  if (how === 'insert') {
    const text = String(value);
    const cut = Math.floor(within * (text.length + 1));
    parent[key] = typeof value === 'string' ? text.slice(0, cut) + String(poison) + text.slice(cut) : poison;
  }
}

function changeBytes(bytes: Buffer, { how, at, byte }: Mutation, when: Mutation['how'][]): Buffer {
  if (!when.includes(how)) return bytes;
  const place = Math.floor(at * bytes.length);
  if (how === 'cut off') return bytes.subarray(0, place);
  const changed = Buffer.from(bytes);
  changed.writeUInt8(byte, place);
  return changed;
}

/** Every place in a JSON value where something else could stand. */
function* walk(parent: object): Generator<{ parent: Record<string, unknown>; key: string }> {
  for (const [key, value] of Object.entries(parent)) {
    yield { parent: parent as Record<string, unknown>, key };
    if (typeof value === 'object' && value !== null) yield* walk(value);
  }
}

function hasStack(err: unknown): boolean {
  return typeof err === 'object' && err !== null && 'stack' in err;
}
