/** The API that the emulator’s page lives on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { movedByMs, moveTo, now } from '../../src/basics/clock.ts';
import type {
  ChatsAnswer,
  Clock,
  Faults,
  MessagesAnswer,
  PeopleAnswer,
  PressAnswer,
  StreamEvent,
  WireCall,
} from '../../src/emulator/site/page-api.ts';
import { card, type Rig, sendCard, startBot, startRig } from './rig.ts';

afterEach(() => moveTo(new Date(now().getTime() - movedByMs())));

/** Asks the page's API; the status and the parsed answer. */
async function ask<T>(rig: Rig, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const response = await fetch(`${rig.emulator.url}/emulator/api${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const get = async <T>(rig: Rig, path: string) => (await ask<T>(rig, 'GET', path)).body;

describe('people and chats', () => {
  it('are shown with unit, branch, badge and what is unread', async () => {
    const rig = await startRig();
    await sendCard(rig.client, 'ou_wang');
    await sendCard(rig.client, 'oc_group');
    const { units, people, bot } = await get<PeopleAnswer>(rig, '/people');
    expect(bot).toEqual({ id: 'ou_bot', name: '警心助手', menu: [] });
    expect(units.map((unit) => unit.path)).toEqual([
      '支队',
      '支队 / 一大队',
      '支队 / 一大队 / 一中队',
      '支队 / 二大队',
    ]);
    expect(people).toMatchObject([
      {
        id: 'ou_wang',
        unitId: 'od-1',
        unitPath: '支队 / 一大队',
        branch: '第一党支部',
        politics: '中共党员',
        unread: 2,
      },
      { id: 'ou_li', badge: '支部书记', unread: 1 },
      { id: 'ou_zhao', unread: 0 },
    ]);
    const { chats } = await get<ChatsAnswer>(rig, '/people/ou_wang/chats');
    expect(chats).toMatchObject([
      { kind: 'p2p', name: '警心助手', unread: 1, last: { line: '[卡片]' } },
      { kind: 'group', id: 'oc_group', name: '第一党支部', memberCount: 2, unread: 1 },
    ]);
  });

  it('a chat is read from its end, page by page', async () => {
    const rig = await startRig();
    const ids = Array.from({ length: 5 }, (_, index) =>
      rig.emulator.say('ou_wang', String(index), { chat: 'oc_group' }),
    );
    const path = '/people/ou_li/chats/oc_group/messages?limit=2';
    const newest = await get<MessagesAnswer>(rig, path);
    expect(newest).toMatchObject({ hasMore: true, messages: [{ id: ids[3] }, { id: ids[4] }] });
    const older = await get<MessagesAnswer>(rig, `${path}&before=${ids[3]}`);
    expect(older).toMatchObject({ hasMore: true, messages: [{ id: ids[1] }, { id: ids[2] }] });
    expect(await get<MessagesAnswer>(rig, `${path}&before=${ids[1]}`)).toMatchObject({
      hasMore: false,
      messages: [{ id: ids[0] }],
    });
    expect((await ask(rig, 'GET', '/people/ou_zhao/chats/oc_group/messages')).status).toBe(404);
  });
});

describe('playing a part', () => {
  it('writes, sends files, opens, reads and uses the menu, and the bot hears it', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    await sendCard(rig.client, 'ou_wang');
    const { chats } = await get<ChatsAnswer>(rig, '/people/ou_wang/chats');
    const chat = `/people/ou_wang/chats/${chats[0]?.id}`;
    expect((await ask(rig, 'POST', `${chat}/texts`, { text: '任务' })).status).toBe(200);
    const bytes = new TextEncoder().encode('表格');
    const sent = await fetch(`${rig.emulator.url}/emulator/api${chat}/files?name=${encodeURIComponent('名单.xlsx')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(sent.status).toBe(200);
    await ask(rig, 'POST', `${chat}/enter`, {});
    await ask(rig, 'POST', `${chat}/read`, {});
    await ask(rig, 'POST', '/people/ou_wang/menu', { eventKey: 'today' });
    expect(await bot.hears('im.message.receive_v1', 2)).toHaveLength(2);
    await bot.hears('im.chat.access_event.bot_p2p_chat_entered_v1');
    await bot.hears('im.message.message_read_v1');
    await bot.hears('application.bot.menu_v6');
    const { messages } = await get<MessagesAnswer>(rig, `${chat}/messages`);
    expect(messages).toMatchObject([
      { isRead: true },
      { content: { text: '任务' } },
      { type: 'file', content: { file_name: '名单.xlsx' } },
    ]);
  });

  it('presses, and is told what the person would see', async () => {
    const rig = await startRig();
    const id = await sendCard(rig.client, 'ou_wang');
    const press = (body: unknown) => ask<PressAnswer>(rig, 'POST', `/people/ou_wang/messages/${id}/press`, body);
    expect((await press({ tag: 'button', value: { a: 1 } })).body).toMatchObject({ ok: false, code: 200340 });
    await startBot(rig, () => ({ toast: { content: '好' }, card: { type: 'raw', data: card('完') } }));
    expect((await press({ value: { a: 1 } })).body).toEqual({
      ok: true,
      toast: { type: 'info', content: '好' },
      card: card('完'),
    });
    expect((await press({ checked: 'yes' })).status).toBe(400);
  });

  it('moves people to other units and lets them leave', async () => {
    const rig = await startRig();
    await ask(rig, 'POST', '/people/ou_wang/transfer', { unitId: 'od-2' });
    await ask(rig, 'POST', '/people/ou_zhao/leave', {});
    const { people } = await get<PeopleAnswer>(rig, '/people');
    expect(people).toMatchObject([{ unitId: 'od-2' }, {}, { hasLeft: true, unitId: null }]);
    expect(await ask(rig, 'POST', '/people/ou_wang/transfer', { unitId: 'od-9' })).toMatchObject({
      status: 400,
      body: { error: '这项操作现在不能进行。' },
    });
  });

  it('refuses in plain Chinese', async () => {
    const rig = await startRig();
    const refuse = async (path: string, body: unknown) => (await ask<{ error: string }>(rig, 'POST', path, body)).body;
    expect(await refuse('/people/ou_zhao/chats/oc_group/texts', { text: '你好' })).toEqual({
      error: '这位同志不在这个会话里，不能在这里发言。',
    });
    expect(await refuse('/clock', { to: 'tomorrow' })).toEqual({ error: '填写的内容不符合要求，请检查后再试。' });
    expect(await refuse('/people/ou_wang/menu', { eventKey: 'x'.repeat(200_000) })).toEqual({
      error: '内容太大：文件最多 30 MB，文字最多一万字。',
    });
    await ask(rig, 'POST', '/people/ou_zhao/leave', {});
    const { chats } = await get<ChatsAnswer>(rig, '/people/ou_zhao/chats');
    expect(await refuse(`/people/ou_zhao/chats/${chats[0]?.id}/texts`, { text: '你好' })).toEqual({
      error: '这位同志已经离职，不能再收发消息。',
    });
  });
});

describe('the office', () => {
  it('moves the clock and sets it right again', async () => {
    const rig = await startRig();
    const moved = await ask<Clock>(rig, 'POST', '/clock', { to: '2030-01-04T08:00:00+08:00' });
    expect(moved.body.now).toMatch(/^2030-01-04T00:00:0/);
    expect(now().getFullYear()).toBe(2030);
    await ask(rig, 'POST', '/clock', { to: null });
    expect(Math.abs(movedByMs())).toBeLessThan(50);
    expect((await ask(rig, 'POST', '/clock', { to: 'tomorrow' })).status).toBe(400);
  });

  it('knows the next workday: Monday to Friday, or what it was told', async () => {
    const [usual, told] = [await startRig(), await startRig({ isWorkday: (day) => day === '2026-10-10' })];
    const nextAfter = async (rig: Rig, to: string) =>
      (await ask<Clock>(rig, 'POST', '/clock', { to })).body.nextWorkday;
    expect(await nextAfter(usual, '2026-11-23T08:59:00+08:00')).toBe('2026-11-23');
    expect(await nextAfter(usual, '2026-11-23T09:00:00+08:00')).toBe('2026-11-24');
    expect(await nextAfter(usual, '2026-11-27T23:30:00+08:00')).toBe('2026-11-30');
    expect(await nextAfter(told, '2026-10-01T10:00:00+08:00')).toBe('2026-10-10');
  });

  it('switches faults, and refuses shares that are none', async () => {
    const rig = await startRig();
    const set = await ask<Faults>(rig, 'PUT', '/faults', { pushTwice: true, errorShare: 0.5 });
    expect(set.body).toMatchObject({ pushTwice: true, errorShare: 0.5, silentShare: 0 });
    expect(rig.emulator.faults.pushTwice).toBe(true);
    expect((await ask(rig, 'PUT', '/faults', { errorShare: 2 })).status).toBe(400);
    expect(await get<Faults>(rig, '/faults')).toEqual(set.body);
  });

  it('shows the calls about a message, newest first', async () => {
    const rig = await startRig();
    const id = await sendCard(rig.client, 'ou_wang');
    await sendCard(rig.client, 'ou_li');
    await rig.client.im.v1.message.patch({ path: { message_id: id }, data: { content: JSON.stringify(card('新')) } });
    const { calls } = await get<{ calls: WireCall[] }>(rig, `/calls?message=${id}`);
    expect(calls).toMatchObject([
      { direction: 'out', method: 'PATCH', status: 200, code: 0, response: { msg: 'ok' } },
      { direction: 'out', method: 'POST', status: 200, code: 0, request: { receive_id: 'ou_wang' } },
    ]);
  });

  it('passes on the timetable and the gallery, or says that there is none', async () => {
    const rig = await startRig({
      timetable: async () => [{ name: 'weekly-digest' }],
      cards: async () => [{ feature: 'f', card: 'c', json: {}, problems: [] }],
    });
    expect(await get(rig, '/timetable')).toEqual([{ name: 'weekly-digest' }]);
    expect(await get(rig, '/cards')).toEqual({ cards: [{ feature: 'f', card: 'c', json: {}, problems: [] }] });
    const bare = await startRig();
    expect((await ask(bare, 'GET', '/timetable')).status).toBe(404);
    expect((await ask(bare, 'GET', '/cards')).status).toBe(404);
    expect((await ask(bare, 'GET', '/nothing')).status).toBe(404);
  });

  it('tells what happens as it happens', async () => {
    const rig = await startRig();
    const abort = new AbortController();
    const response = await fetch(`${rig.emulator.url}/emulator/api/stream`, { signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const next = async () => {
      while (!heard.includes('\ndata: ')) heard += (await reader?.read())?.value ?? '';
      const [, event = ''] = /\ndata: (.*)\n\n/.exec(heard) ?? [];
      heard = '\n';
      return JSON.parse(event) as StreamEvent;
    };
    const id = rig.emulator.say('ou_wang', '任务', { chat: 'oc_group' });
    expect(await next()).toEqual({ kind: 'message', chatId: 'oc_group', messageId: id, people: ['ou_li', 'ou_wang'] });
    rig.emulator.read('ou_li', 'oc_group');
    expect(await next()).toEqual({ kind: 'read', chatId: 'oc_group', person: 'ou_li' });
    abort.abort();
  });

  it('serves the page beside the API', async () => {
    const pageDir = mkdtempSync(join(tmpdir(), 'page-'));
    onTestFinished(() => rmSync(pageDir, { recursive: true }));
    writeFileSync(join(pageDir, 'index.html'), '<title>警心助手</title>');
    const rig = await startRig({ pageDir });
    expect(await (await fetch(rig.emulator.url)).text()).toContain('警心助手');
  });
});
