/** Group chats through the SDK. */
import { describe, expect, it } from 'vitest';
import { refusal, sendCard, startRig } from '../rig.ts';

describe('group chats', () => {
  it('are made with members, once per uuid, and can be written to', async () => {
    const { emulator, client } = await startRig();
    const params = { user_id_type: 'open_id' as const, uuid: 'make-once' };
    const data = { name: '专班', owner_id: 'ou_li', user_id_list: ['ou_zhao'] };
    const made = await client.im.v1.chat.create({ params, data });
    const again = await client.im.v1.chat.create({ params, data });
    expect(again.data?.chat_id).toBe(made.data?.chat_id);
    await sendCard(client, String(made.data?.chat_id));
    expect(emulator.messagesOf('ou_zhao')).toHaveLength(1);
    expect(emulator.messagesOf('ou_wang')).toHaveLength(0);
  });

  it('are listed, but not the talks with single people', async () => {
    const { client } = await startRig();
    await sendCard(client, 'ou_wang');
    expect((await client.im.v1.chat.list({})).data?.items).toMatchObject([{ chat_id: 'oc_group', name: '第一党支部' }]);
  });

  it('tell their mode, a talk too', async () => {
    const { client, emulator } = await startRig();
    expect((await client.im.v1.chat.get({ path: { chat_id: 'oc_group' } })).data).toMatchObject({
      chat_mode: 'group',
      user_count: '2',
    });
    await sendCard(client, 'ou_wang');
    const talk = emulator.messagesOf('ou_wang')[0]?.chatId ?? '';
    expect((await client.im.v1.chat.get({ path: { chat_id: talk } })).data).toMatchObject({ chat_mode: 'p2p' });
  });

  it('list their members, and take new ones', async () => {
    const { client } = await startRig();
    const path = { chat_id: 'oc_group' };
    const members = async () =>
      (await client.im.v1.chatMembers.get({ path, params: { member_id_type: 'open_id' } })).data;
    expect(await members()).toMatchObject({
      member_total: 2,
      items: [{ member_id: 'ou_li', name: '李敏' }, { member_id: 'ou_wang' }],
    });
    const params = { member_id_type: 'open_id' as const, succeed_type: 1 };
    const added = await client.im.v1.chatMembers.create({ path, params, data: { id_list: ['ou_zhao', 'ou_nobody'] } });
    expect(added.data).toMatchObject({ not_existed_id_list: ['ou_nobody'], invalid_id_list: [] });
    expect((await members())?.member_total).toBe(3);
  });

  it('unknown, dissolved or without the bot are refused', async () => {
    const { client, emulator } = await startRig();
    const members = (chat_id: string) => refusal(client.im.v1.chatMembers.get({ path: { chat_id } }));
    expect(await members('oc_nothing')).toMatchObject({ status: 400, code: 232006 });
    emulator.contacts.closeGroup('oc_group', 'bot-out');
    expect(await members('oc_group')).toMatchObject({ code: 232011 });
    emulator.contacts.closeGroup('oc_group', 'dissolved');
    expect(await members('oc_group')).toMatchObject({ code: 232009 });
  });
});
