/** The SDK’s long-connection client against the emulator. */
import { EventEmitter, once } from 'node:events';
import * as lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { card, type Heard, QUIET, type Rig, sendCard, startRig } from './rig.ts';

/** The SDK's long-connection client, listening; `answer` is what an event is answered with. */
async function connect(rig: Rig, answer: (heard: Heard) => unknown = () => undefined, secret?: string, logger = QUIET) {
  const heard: Heard[] = [];
  const handle = (type: string) => (event: Record<string, unknown>) => {
    heard.push({ type, event });
    return answer({ type, event });
  };
  const types = ['im.message.receive_v1', 'card.action.trigger'];
  const eventDispatcher = new lark.EventDispatcher({ logger: QUIET });
  eventDispatcher.register(Object.fromEntries(types.map((type) => [type, handle(type)])));
  const news = new EventEmitter();
  const ready = once(news, 'ready');
  const reconnected = once(news, 'reconnected');
  const client = new lark.WSClient({
    ...{
      appId: rig.options.appId,
      appSecret: secret ?? rig.options.appSecret,
      domain: rig.emulator.url,
      logger,
    },
    onReady: () => news.emit('ready'),
    onError: (error) => news.emit('error', error),
    onReconnected: () => news.emit('reconnected'),
  });
  onTestFinished(() => client.close({ force: true }));
  void client.start({ eventDispatcher });
  reconnected.catch(() => {});
  await ready;
  await expect.poll(rig.emulator.connectionCount).toBeGreaterThan(0);
  return { heard, client, reconnected };
}

const pushed = (rig: Rig) => rig.emulator.calls.filter((call) => call.direction === 'in');

describe('the long connection', () => {
  it('brings events and hears their acknowledgement', async () => {
    const rig = await startRig();
    const bot = await connect(rig);
    const id = rig.emulator.say('ou_wang', '任务');
    await rig.emulator.waitFor(() => pushed(rig).find((call) => call.status === 200));
    expect(bot.heard).toMatchObject([{ type: 'im.message.receive_v1', event: { message: { message_id: id } } }]);
    expect(rig.emulator.waitingEvents()).toBe(0);
  });

  it('opens without a word of complaint from the SDK', async () => {
    const said: unknown[] = [];
    const complain = (...words: unknown[]) => void said.push(words);
    const rig = await startRig();
    await connect(rig, undefined, undefined, { ...QUIET, error: complain, warn: complain });
    rig.emulator.say('ou_wang', '任务');
    // The answer to its first ping has come before the event.
    await rig.emulator.waitFor(() => pushed(rig).find((call) => call.status === 200));
    expect(said).toEqual([]);
  });

  it('brings presses and takes the answer from the acknowledgement', async () => {
    const rig = await startRig();
    const done = card('已完成');
    await connect(rig, () => ({ toast: { type: 'success', content: '好' }, card: { type: 'raw', data: done } }));
    const id = await sendCard(rig.client, 'ou_wang');
    expect(await rig.emulator.press('ou_wang', id, {})).toEqual({
      ok: true,
      toast: { type: 'success', content: '好' },
      card: done,
    });
  });

  it('sends a long payload in parts that the SDK puts together', async () => {
    const rig = await startRig({ partBytes: 100 });
    const bot = await connect(rig);
    rig.emulator.say('ou_wang', '长'.repeat(500));
    await rig.emulator.waitFor(() => pushed(rig).find((call) => call.status === 200));
    expect(bot.heard).toMatchObject([{ event: { message: { content: JSON.stringify({ text: '长'.repeat(500) }) } } }]);
  });

  it('repeats an event whose handler threw, and refuses such a press', async () => {
    const rig = await startRig({ retryScale: 0 });
    let failures = 1;
    const bot = await connect(rig, ({ type }) => {
      if (type === 'card.action.trigger' || failures-- > 0) throw new Error('on purpose');
    });
    rig.emulator.say('ou_wang', 'x');
    await rig.emulator.waitFor(() => pushed(rig).find((call) => call.status === 200));
    expect(pushed(rig).map((call) => call.status)).toEqual([500, 200]);
    expect(bot.heard).toHaveLength(2);
    const id = await sendCard(rig.client, 'ou_wang');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ ok: false, code: 200671 });
  });

  it('gives each event to one client only', async () => {
    const rig = await startRig();
    const bots = await Promise.all([connect(rig), connect(rig), connect(rig)]);
    await expect.poll(rig.emulator.connectionCount).toBe(3);
    for (let index = 0; index < 60; index++) rig.emulator.say('ou_wang', String(index));
    await rig.emulator.waitFor(() => pushed(rig).filter((call) => call.status === 200).length === 60);
    expect(bots.reduce((sum, bot) => sum + bot.heard.length, 0)).toBe(60);
    expect(bots.filter((bot) => bot.heard.length > 0).length).toBeGreaterThan(1);
  });

  it('once cut is opened again by the client, and what waited comes then', async () => {
    const rig = await startRig({ retryScale: 0.001 });
    const bot = await connect(rig);
    await expect.poll(rig.emulator.connectionCount).toBe(1);
    rig.emulator.dropConnections();
    await bot.reconnected;
    const id = rig.emulator.say('ou_wang', 'x');
    await rig.emulator.waitFor(() => pushed(rig).find((call) => call.status === 200));
    expect(bot.heard).toMatchObject([{ event: { message: { message_id: id } } }]);
  });

  it('is refused for a wrong secret, and beyond fifty clients', async () => {
    const rig = await startRig();
    await expect(connect(rig, undefined, 'wrong')).rejects.toThrow('514');
    const body = JSON.stringify({ AppID: rig.options.appId, AppSecret: rig.options.appSecret });
    const endpoint = async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${rig.emulator.url}/callback/ws/endpoint`, { method: 'POST', headers, body });
      return (await response.json()) as { code: number; data: { URL: string } };
    };
    for (let index = 0; index < 50; index++) {
      const socket = new WebSocket((await endpoint()).data.URL);
      onTestFinished(() => socket.close());
      await once(socket, 'open');
    }
    expect(await endpoint()).toMatchObject({ code: 1000040350 });
  });

  it('takes a ticket once', async () => {
    const rig = await startRig();
    const socket = new WebSocket(
      `${rig.emulator.url.replace('http', 'ws')}/callback/ws/connect?fpid=493&ticket=made-up`,
    );
    await expect(once(socket, 'open')).rejects.toThrow('403');
    expect(rig.emulator.connectionCount()).toBe(0);
  });
});
