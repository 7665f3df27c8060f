/** Uploads through the SDK. */
import { describe, expect, it } from 'vitest';
import { refusal, startRig } from '../rig.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('uploads', () => {
  it('of a picture give a key the bot can send', async () => {
    const { emulator, client } = await startRig();
    const uploaded = await client.im.v1.image.create({ data: { image_type: 'message', image: PNG } });
    const content = JSON.stringify({ image_key: uploaded?.image_key });
    await client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_wang', msg_type: 'image', content },
    });
    expect(emulator.messagesOf('ou_wang')).toMatchObject([
      { type: 'image', content: { image_key: uploaded?.image_key } },
    ]);
    const shown = await fetch(`${emulator.url}/emulator/api/files/${uploaded?.image_key}`);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
  });

  it('of a file keep its name and bytes', async () => {
    const { emulator, client } = await startRig();
    const file = Buffer.from('表格');
    const uploaded = await client.im.v1.file.create({ data: { file_type: 'xls', file_name: '名单.xlsx', file } });
    const shown = await fetch(`${emulator.url}/emulator/api/files/${uploaded?.file_key}`);
    expect(shown.headers.get('content-disposition')).toContain(encodeURIComponent('名单.xlsx'));
    expect(await shown.text()).toBe('表格');
  });

  it('that are no picture, are empty, or are of no known type are refused', async () => {
    const { emulator, client } = await startRig();
    await expect(
      client.im.v1.image.create({ data: { image_type: 'message', image: Buffer.from('text') } }),
    ).rejects.toThrow();
    const empty = { file_type: 'stream' as const, file_name: 'x', file: Buffer.alloc(0) };
    await expect(client.im.v1.file.create({ data: empty })).rejects.toThrow();
    expect(emulator.calls.filter((call) => call.path.startsWith('/open-apis/im')).map((call) => call.code)).toEqual([
      234011, 234010,
    ]);
  });

  it('of people cannot be sent by the bot', async () => {
    const { emulator, client } = await startRig();
    emulator.sendFile('ou_wang', 'a.pdf', Buffer.from('x'));
    const { file_key } = emulator.messagesOf('ou_wang').map((message) => message.content)[0] as { file_key: string };
    const data = { receive_id: 'ou_wang', msg_type: 'file', content: JSON.stringify({ file_key }) };
    expect(await refusal(client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data }))).toMatchObject({
      code: 230017,
    });
  });
});
