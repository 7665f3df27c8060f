/** Events by HTTP: what they say, how they are sealed, and how often they come. */
import { createDecipheriv, createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { movedByMs, moveTo, now } from '../../src/basics/clock.ts';
import { sealPush, verifyAddress } from '../../src/emulator/events/webhook.ts';
import { listenAt, sendCard, startBot, startRig } from './rig.ts';

afterEach(() => moveTo(new Date(now().getTime() - movedByMs())));

type Message = {
  message: { message_id: string; content: string; chat_type: string; mentions?: { id: { open_id: string } }[] };
};

describe('events', () => {
  it('tell what a person wrote to the bot', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const id = rig.emulator.say('ou_wang', '任务');
    const [event] = await bot.hears('im.message.receive_v1');
    expect(event).toMatchObject({
      sender: { sender_id: { open_id: 'ou_wang', union_id: 'on_wang', user_id: 'wang' }, sender_type: 'user' },
      message: { message_id: id, chat_type: 'p2p', message_type: 'text', content: '{"text":"任务"}' },
    });
    expect((event as Message).message.mentions).toBeUndefined();
  });

  it('tell of a group’s messages only when the bot is mentioned', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    rig.emulator.say('ou_li', '大家好', { chat: 'oc_group' });
    rig.emulator.say('ou_li', '今天', { chat: 'oc_group', mentionsBot: true });
    const events = (await bot.hears('im.message.receive_v1')) as unknown as Message[];
    expect(events).toHaveLength(1);
    expect(events[0]?.message).toMatchObject({
      chat_type: 'group',
      content: '{"text":"@_user_1 今天"}',
      mentions: [{ id: { open_id: 'ou_bot' } }],
    });
  });

  it('tell of files, of reading, of an opened chat, and of the menu', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const id = await sendCard(rig.client, 'ou_wang');
    rig.emulator.enter('ou_wang');
    rig.emulator.read('ou_wang');
    rig.emulator.chooseMenuItem('ou_wang', 'today');
    rig.emulator.sendFile('ou_wang', '名单.xlsx', Buffer.from('x'));
    const [entered] = await bot.hears('im.chat.access_event.bot_p2p_chat_entered_v1');
    expect(entered).toMatchObject({ operator_id: { open_id: 'ou_wang' }, last_message_id: id });
    const [read] = await bot.hears('im.message.message_read_v1');
    expect(read).toMatchObject({ reader: { reader_id: { open_id: 'ou_wang' } }, message_id_list: [id] });
    const [menu] = await bot.hears('application.bot.menu_v6');
    expect(menu).toMatchObject({ event_key: 'today', operator: { operator_id: { open_id: 'ou_wang' } } });
    const [file] = await bot.hears('im.message.receive_v1');
    expect(JSON.parse((file as Message).message.content)).toMatchObject({ file_name: '名单.xlsx' });
  });

  it('reading a group is not told, nor what was read before', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    await sendCard(rig.client, 'oc_group');
    await sendCard(rig.client, 'ou_wang');
    rig.emulator.read('ou_wang', 'oc_group');
    rig.emulator.read('ou_wang');
    rig.emulator.read('ou_wang');
    const last = await sendCard(rig.client, 'ou_wang');
    rig.emulator.read('ou_wang');
    const reads = await bot.hears('im.message.message_read_v1', 2);
    expect(reads).toHaveLength(2);
    expect(reads[1]).toMatchObject({ message_id_list: [last] });
  });
});

describe('delivery', () => {
  /** An address that answers the first `failures` pushes with HTTP 500; counts what it saw. */
  async function flakyAddress(failures: number) {
    const seen: string[] = [];
    const webhook = await listenAt((_request, response) => {
      seen.push('push');
      response.status(seen.length <= failures ? 500 : 200).json({});
    });
    return { seen, webhook };
  }

  it('repeats an event until it is taken, at most four times more', async () => {
    const { emulator } = await startRig({ retryScale: 0 });
    const kind = await flakyAddress(2);
    emulator.pushTo(kind.webhook);
    emulator.say('ou_wang', 'x');
    await emulator.waitFor(() => emulator.waitingEvents() === 0 && kind.seen.length === 3);
    const stubborn = await flakyAddress(100);
    emulator.pushTo(stubborn.webhook);
    emulator.say('ou_wang', 'y');
    await emulator.waitFor(() => emulator.waitingEvents() === 0 && stubborn.seen.length > 0);
    expect(stubborn.seen).toHaveLength(5);
  });

  it('keeps what nobody took and pushes it when an address appears', async () => {
    const rig = await startRig();
    const id = rig.emulator.say('ou_wang', 'x');
    await rig.emulator.waitFor(() => rig.emulator.calls.some((call) => call.response === 'no-address'));
    const bot = await startBot(rig);
    expect(await bot.hears('im.message.receive_v1')).toMatchObject([{ message: { message_id: id } }]);
  });

  it('pushed twice, a message comes under two event ids and another event under one', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    rig.emulator.faults.pushTwice = true;
    rig.emulator.say('ou_wang', 'x');
    const messages = await bot.hears('im.message.receive_v1', 2);
    expect(new Set(messages.map((event) => (event as unknown as Message).message.message_id)).size).toBe(1);
    expect(new Set(messages.map((event) => event.event_id)).size).toBe(2);
    rig.emulator.chooseMenuItem('ou_wang', 'today');
    const chosen = await bot.hears('application.bot.menu_v6', 2);
    expect(new Set(chosen.map((event) => event.event_id)).size).toBe(1);
  });

  it('reordered, the second event overtakes the first', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    rig.emulator.faults.pushReordered = true;
    const ids = ['a', 'b'].map((text) => rig.emulator.say('ou_wang', text));
    const events = (await bot.hears('im.message.receive_v1', 2)) as unknown as Message[];
    expect(events.map((event) => event.message.message_id)).toEqual(ids.toReversed());
  });

  it('late, an event waits', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    rig.emulator.faults.pushLateMs = 200;
    const first = rig.emulator.say('ou_wang', 'late');
    rig.emulator.faults.pushLateMs = 0;
    const second = rig.emulator.say('ou_wang', 'in time');
    const events = (await bot.hears('im.message.receive_v1', 2)) as unknown as Message[];
    expect(events.map((event) => event.message.message_id)).toEqual([second, first]);
  });
});

describe('the seal', () => {
  it('is what Feishu documents: AES under the hashed key, a signature over the raw body', () => {
    const { body, headers } = sealPush({ hello: 'world' }, 'test key');
    const { encrypt } = JSON.parse(body) as { encrypt: string };
    const bytes = Buffer.from(encrypt, 'base64');
    const decipher = createDecipheriv(
      'aes-256-cbc',
      createHash('sha256').update('test key').digest(),
      bytes.subarray(0, 16),
    );
    expect(decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8')).toBe('{"hello":"world"}');
    const signed = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}test key${body}`;
    expect(headers['x-lark-signature']).toBe(createHash('sha256').update(signed).digest('hex'));
  });

  it('is left out without a key', () => {
    const { body, headers } = sealPush({ a: 1 }, '');
    expect(body).toBe('{"a":1}');
    expect(headers).not.toHaveProperty('x-lark-signature');
  });

  it('carries the challenge that an address must give back', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const { encryptKey, verificationToken } = rig.options;
    expect(await verifyAddress(bot.webhook.eventUrl, { encryptKey, verificationToken })).toBe(true);
    const stranger = await listenAt((_request, response) => void response.json({}));
    expect(await verifyAddress(stranger.eventUrl, { encryptKey, verificationToken })).toBe(false);
  });
});
