/** Creating, replying, editing, recalling and urging, as the SDK sees them. */
import { afterEach, describe, expect, it } from 'vitest';
import { movedByMs, moveTo, now } from '../../../src/basics/clock.ts';
import { card, refusal, sendCard, startRig } from '../rig.ts';

const HOUR_MS = 3600_000;
const later = (ms: number) => moveTo(new Date(now().getTime() + ms));
afterEach(() => moveTo(new Date(now().getTime() - movedByMs())));

const text = (content: string) => ({ msg_type: 'text', content: JSON.stringify({ text: content }) });

describe('creating a message', () => {
  it('reaches the person, and the answer describes it', async () => {
    const { emulator, client } = await startRig();
    const answer = await client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_wang', msg_type: 'interactive', content: JSON.stringify(card('第一议题')) },
    });
    expect(answer).toMatchObject({
      code: 0,
      msg: 'success',
      data: { msg_type: 'interactive', deleted: false, updated: false },
    });
    expect(answer.data?.sender).toMatchObject({ id_type: 'app_id', sender_type: 'app' });
    expect(emulator.messagesOf('ou_wang')).toMatchObject([
      {
        id: answer.data?.message_id,
        type: 'interactive',
        content: card('第一议题'),
        isRead: false,
        sender: { name: '警心助手' },
      },
    ]);
    expect(emulator.messagesOf('ou_li')).toEqual([]);
  });

  it('reaches everybody in a group', async () => {
    const { emulator, client } = await startRig();
    const id = await sendCard(client, 'oc_group');
    expect(emulator.messagesOf('ou_wang').map((message) => message.id)).toEqual([id]);
    expect(emulator.messagesOf('ou_li').map((message) => message.id)).toEqual([id]);
    expect(emulator.messagesOf('ou_zhao')).toEqual([]);
  });

  it('accepts union_id and user_id', async () => {
    const { emulator, client } = await startRig();
    for (const [type, id] of [
      ['union_id', 'on_wang'],
      ['user_id', 'wang'],
    ] as const) {
      await client.im.v1.message.create({
        params: { receive_id_type: type },
        data: { receive_id: id, ...text('你好') },
      });
    }
    expect(emulator.messagesOf('ou_wang')).toHaveLength(2);
  });

  it('sends the same uuid once within an hour, and again after it', async () => {
    const { emulator, client } = await startRig();
    const first = await sendCard(client, 'ou_wang', 'a', 'uuid-1');
    later(HOUR_MS - 1000);
    expect(await sendCard(client, 'ou_wang', 'a', 'uuid-1')).toBe(first);
    later(2000);
    expect(await sendCard(client, 'ou_wang', 'a', 'uuid-1')).not.toBe(first);
    expect(emulator.messagesOf('ou_wang')).toHaveLength(2);
  });

  it.each([
    ['an unknown open_id', { receive_id: 'ou_nobody', ...text('x') }, 99992351],
    ['a text without text', { receive_id: 'ou_wang', msg_type: 'text', content: '{}' }, 230001],
    ['content that is not JSON', { receive_id: 'ou_wang', msg_type: 'text', content: 'x' }, 230001],
    ['a text over 150 KB', { receive_id: 'ou_wang', ...text('x'.repeat(151 * 1024)) }, 230025],
    [
      'a card over 30 KB',
      { receive_id: 'ou_wang', msg_type: 'interactive', content: JSON.stringify(card('x'.repeat(30_720))) },
      230025,
    ],
    ['a sticker', { receive_id: 'ou_wang', msg_type: 'sticker', content: '{"file_key":"x"}' }, 230054],
    [
      'a picture nobody uploaded',
      { receive_id: 'ou_wang', msg_type: 'image', content: '{"image_key":"img_x"}' },
      230001,
    ],
    ['a uuid of 51 characters', { receive_id: 'ou_wang', ...text('x'), uuid: 'x'.repeat(51) }, 99992402],
  ])('refuses %s', async (_what, data, code) => {
    const { emulator, client } = await startRig();
    const refused = await refusal(client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data }));
    expect(refused).toMatchObject({ status: 400, code });
    expect(emulator.messagesOf('ou_wang')).toEqual([]);
  });

  it('refuses a bad card with 230099 and the sub-code in the text, and tells a log id', async () => {
    const { emulator, client } = await startRig();
    const content = JSON.stringify(card('x', [{ tag: 'note', elements: [] }]));
    const data = { receive_id: 'ou_wang', msg_type: 'interactive', content };
    const call = client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data });
    const { code, msg, headers } = await refusal(call);
    expect({ code, msg }).toMatchObject({ code: 230099, msg: expect.stringContaining('ErrCode: 200861') });
    const logged = emulator.calls.at(-1)?.response as { error: { log_id: string } };
    expect(headers['x-tt-logid']).toBe(logged.error.log_id);
  });

  it.each([
    ['left the tenant', 230029, { leave: true }],
    ['is outside the app’s availability', 230013, { isUnavailable: true }],
    ['stopped the bot', 230053, { hasStoppedBot: true }],
  ])('refuses somebody who %s', async (_what, code, state) => {
    const { emulator, client } = await startRig();
    if ('leave' in state) emulator.contacts.leave('ou_wang');
    else emulator.contacts.setReach('ou_wang', state);
    const data = { receive_id: 'ou_wang', ...text('x') };
    expect(await refusal(client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data }))).toMatchObject({
      status: 400,
      code,
    });
  });

  it.each([
    ['the bot was taken out of', 'bot-out', 230002],
    ['was dissolved', 'dissolved', 232009],
  ] as const)('refuses a group %s', async (_what, how, code) => {
    const { emulator, client } = await startRig();
    emulator.contacts.closeGroup('oc_group', how);
    const data = { receive_id: 'oc_group', ...text('x') };
    expect(await refusal(client.im.v1.message.create({ params: { receive_id_type: 'chat_id' }, data }))).toMatchObject({
      code,
    });
  });
});

describe('replying', () => {
  it('answers in the chat of the message and names it', async () => {
    const { emulator, client } = await startRig();
    const asked = emulator.say('ou_wang', '任务');
    const answer = await client.im.v1.message.reply({ path: { message_id: asked }, data: text('没有待办') });
    expect(answer.data).toMatchObject({ parent_id: asked, root_id: asked });
    expect(emulator.messagesOf('ou_wang').at(-1)).toMatchObject({ parentId: asked, content: { text: '没有待办' } });
  });
});

describe('editing a card', () => {
  const patch = (client: Awaited<ReturnType<typeof startRig>>['client'], id: string, content: unknown = card('新')) =>
    client.im.v1.message.patch({ path: { message_id: id }, data: { content: JSON.stringify(content) } });

  it('shows the new card to everybody', async () => {
    const { emulator, client } = await startRig();
    const id = await sendCard(client, 'oc_group', '旧');
    expect(await patch(client, id)).toEqual({ code: 0, msg: 'ok', data: {} });
    expect(emulator.messagesOf('ou_li')).toMatchObject([{ id, content: card('新'), isEdited: true }]);
  });

  it('refuses texts, unknown messages, bad cards, and cards of others', async () => {
    const { emulator, client } = await startRig();
    const sent = await client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_wang', ...text('x') },
    });
    expect(await refusal(patch(client, String(sent.data?.message_id)))).toMatchObject({
      code: 230001,
      msg: expect.stringContaining('NOT a card'),
    });
    expect(await refusal(patch(client, 'c-123'))).toMatchObject({ code: 99992354 });
    expect(await refusal(patch(client, emulator.say('ou_wang', 'x')))).toMatchObject({ code: 230012 });
    const id = await sendCard(client, 'ou_wang');
    expect(await refusal(patch(client, id, { schema: '2.0', elements: [] }))).toMatchObject({ code: 230099 });
  });

  it('works for 14 days', async () => {
    const { client } = await startRig();
    const id = await sendCard(client, 'ou_wang');
    later(14 * 24 * HOUR_MS - 60_000);
    expect(await patch(client, id)).toMatchObject({ code: 0 });
    later(2 * 60_000);
    expect(await refusal(patch(client, id))).toMatchObject({ status: 400, code: 230031 });
  });
});

describe('editing a text', () => {
  it('replaces it twenty times, not more, and never edits a card', async () => {
    const { emulator, client } = await startRig();
    const sent = await client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_wang', ...text('0') },
    });
    const path = { message_id: String(sent.data?.message_id) };
    for (let edit = 1; edit <= 20; edit++) await client.im.v1.message.update({ path, data: text(String(edit)) });
    expect(emulator.messagesOf('ou_wang')).toMatchObject([{ content: { text: '20' } }]);
    expect(await refusal(client.im.v1.message.update({ path, data: text('21') }))).toMatchObject({ code: 230072 });
    const cardId = await sendCard(client, 'ou_wang');
    expect(await refusal(client.im.v1.message.update({ path: { message_id: cardId }, data: text('x') }))).toMatchObject(
      { code: 230001 },
    );
  });
});

describe('recalling', () => {
  it('takes the content back, and then nothing can be done to the message', async () => {
    const { emulator, client } = await startRig();
    const path = { message_id: await sendCard(client, 'ou_wang') };
    expect(await client.im.v1.message.delete({ path })).toMatchObject({ code: 0 });
    expect(emulator.messagesOf('ou_wang')).toMatchObject([{ isRecalled: true, content: null }]);
    expect(await refusal(client.im.v1.message.delete({ path }))).toMatchObject({ code: 230011 });
    const data = { content: JSON.stringify(card('x')) };
    expect(await refusal(client.im.v1.message.patch({ path, data }))).toMatchObject({ code: 230011 });
  });

  it('is refused after the window, and for messages of people', async () => {
    const { emulator, client } = await startRig({ recallWindowMs: HOUR_MS });
    const id = await sendCard(client, 'ou_wang');
    later(HOUR_MS + 1000);
    expect(await refusal(client.im.v1.message.delete({ path: { message_id: id } }))).toMatchObject({ code: 230009 });
    const theirs = emulator.say('ou_wang', 'x');
    expect(await refusal(client.im.v1.message.delete({ path: { message_id: theirs } }))).toMatchObject({
      code: 230026,
    });
  });
});

describe('asking for attention', () => {
  it('marks the message for those in the chat and names the others', async () => {
    const { emulator, client } = await startRig();
    const id = await sendCard(client, 'oc_group');
    const answer = await client.im.v1.message.urgentApp({
      path: { message_id: id },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: ['ou_wang', 'ou_zhao', 'ou_nobody'] },
    });
    expect(answer.data?.invalid_user_id_list).toEqual(['ou_zhao', 'ou_nobody']);
    expect(emulator.messagesOf('ou_wang')).toMatchObject([{ isUrgent: true }]);
    expect(emulator.messagesOf('ou_li')).toMatchObject([{ isUrgent: false }]);
  });
});
