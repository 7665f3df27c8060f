/** Reading messages, readers and attachments through the SDK. */
import { afterEach, describe, expect, it } from 'vitest';
import { movedByMs, moveTo, now } from '../../../src/basics/clock.ts';
import { refusal, sendCard, startRig } from '../rig.ts';

afterEach(() => moveTo(new Date(now().getTime() - movedByMs())));

describe('reading messages', () => {
  it('gives one message', async () => {
    const { client } = await startRig();
    const id = await sendCard(client, 'ou_wang');
    const answer = await client.im.v1.message.get({ path: { message_id: id } });
    expect(answer.data?.items).toMatchObject([{ message_id: id, msg_type: 'interactive' }]);
  });

  it('lists a chat page by page, in both directions', async () => {
    const { emulator, client } = await startRig();
    const ids = ['a', 'b', 'c'].map((text) => emulator.say('ou_li', text, { chat: 'oc_group' }));
    const list = { container_id_type: 'chat', container_id: 'oc_group', page_size: 2 };
    const first = await client.im.v1.message.list({ params: list });
    expect(first.data).toMatchObject({ has_more: true, items: ids.slice(0, 2).map((message_id) => ({ message_id })) });
    const second = await client.im.v1.message.list({ params: { ...list, page_token: first.data?.page_token } });
    expect(second.data).toMatchObject({ has_more: false, items: [{ message_id: ids[2] }] });
    const newest = await client.im.v1.message.list({ params: { ...list, sort_type: 'ByCreateTimeDesc' } });
    expect(newest.data?.items).toMatchObject([{ message_id: ids[2] }, { message_id: ids[1] }]);
  });

  it('tells who has read, for seven days', async () => {
    const { emulator, client } = await startRig();
    const id = await sendCard(client, 'oc_group');
    const call = { path: { message_id: id }, params: { user_id_type: 'open_id' as const } };
    expect((await client.im.v1.message.readUsers(call)).data?.items).toEqual([]);
    emulator.read('ou_wang', 'oc_group');
    expect((await client.im.v1.message.readUsers(call)).data?.items).toMatchObject([{ user_id: 'ou_wang' }]);
    moveTo(new Date(now().getTime() + 8 * 24 * 3600_000));
    expect(await refusal(client.im.v1.message.readUsers(call))).toMatchObject({ code: 230033 });
  });

  it('gives the bytes of a file somebody sent, and of no other', async () => {
    const { emulator, client } = await startRig();
    const id = emulator.sendFile('ou_wang', '名单.xlsx', Buffer.from('bytes'));
    const { file_key } = emulator.messagesOf('ou_wang').map((message) => message.content)[0] as { file_key: string };
    const params = { type: 'file' };
    const answer = await client.im.v1.messageResource.get({ path: { message_id: id, file_key }, params });
    const chunks = await answer.getReadableStream().toArray();
    expect(Buffer.concat(chunks).toString()).toBe('bytes');
    const other = emulator.say('ou_wang', 'x');
    const strange = client.im.v1.messageResource.get({ path: { message_id: other, file_key }, params });
    await expect(strange).rejects.toMatchObject({ response: { status: 400 } });
    const asImage = client.im.v1.messageResource.get({ path: { message_id: id, file_key }, params: { type: 'image' } });
    await expect(asImage).rejects.toMatchObject({ response: { status: 400 } });
  });
});
