/** Presses, their answers, every code a person may see, and delayed updates. */
import { afterEach, describe, expect, it } from 'vitest';
import { movedByMs, moveTo, now } from '../../src/basics/clock.ts';
import { card, listenAt, refusal, sendCard, startBot, startRig } from './rig.ts';

afterEach(() => moveTo(new Date(now().getTime() - movedByMs())));
const raw = (data: unknown) => ({ type: 'raw', data });

describe('a press', () => {
  it('tells the bot who pressed what and where, and shows the toast and the new card to everybody', async () => {
    const rig = await startRig();
    const done = card('已完成');
    const bot = await startBot(rig, () => ({ toast: { type: 'success', content: '已登记' }, card: raw(done) }));
    const id = await sendCard(rig.client, 'oc_group');
    const seen = await rig.emulator.press('ou_wang', id, { value: { do: 'x' } });
    expect(seen).toEqual({ ok: true, toast: { type: 'success', content: '已登记' }, card: done });
    expect(rig.emulator.messagesOf('ou_li')).toMatchObject([{ id, content: done }]);
    expect(bot.heard).toMatchObject([
      {
        event: {
          operator: { open_id: 'ou_wang', union_id: 'on_wang' },
          token: expect.stringMatching(/^c-/),
          action: { tag: 'button', value: { do: 'x' } },
          host: 'im_message',
          context: { open_message_id: id, open_chat_id: 'oc_group' },
        },
      },
    ]);
  });

  it('on a submit button brings the form', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const id = await sendCard(rig.client, 'ou_wang');
    await rig.emulator.press('ou_wang', id, {
      name: 'submit',
      form_value: { title: '第一议题', day: '2026-11-27 +0800' },
    });
    expect(bot.heard[0]?.event).toMatchObject({ action: { name: 'submit', form_value: { title: '第一议题' } } });
  });

  it('may be answered with nothing at all', async () => {
    const rig = await startRig();
    await startBot(rig, () => undefined);
    expect(await rig.emulator.press('ou_wang', await sendCard(rig.client, 'ou_wang'), {})).toEqual({ ok: true });
  });

  it.each([
    [200671, 500, ''],
    [200672, 200, 'no json'],
    [200672, 200, '{"toast":{"type":"loud"}}'],
    [200673, 200, JSON.stringify({ card: raw({ schema: '2.0', body: { elements: [{ tag: 'note' }] } }) })],
    [200673, 200, JSON.stringify({ card: { type: 'template', data: {} } })],
    [200830, 200, JSON.stringify({ card: raw({ elements: [] }) })],
  ])('is refused with %i for HTTP %i %s, and the card stays', async (code, status, body) => {
    const rig = await startRig();
    rig.emulator.pushTo(await listenAt((_request, response) => void response.status(status).send(body)));
    const id = await sendCard(rig.client, 'ou_wang', '原样');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ ok: false, code });
    expect(rig.emulator.messagesOf('ou_wang')).toMatchObject([{ content: card('原样') }]);
  });

  it('is refused without an address, without a listener, and for an unknown host', async () => {
    const rig = await startRig();
    const id = await sendCard(rig.client, 'ou_wang');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ code: 200340 });
    rig.emulator.pushTo('http://127.0.0.1:1');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ code: 200342 });
    rig.emulator.pushTo('http://nowhere.invalid');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ code: 200343 });
  });

  it('is refused when the bot takes more than three seconds, and is not pushed again', async () => {
    const rig = await startRig({ retryScale: 0 });
    let pushes = 0;
    rig.emulator.pushTo(await listenAt(() => void pushes++));
    const id = await sendCard(rig.client, 'ou_wang');
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ code: 200341 });
    expect(pushes).toBe(1);
  });

  it('reaches nobody for a card that was recalled, is older than 14 days, or that the person does not see', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const id = await sendCard(rig.client, 'ou_wang');
    expect(await rig.emulator.press('ou_li', id, {})).toMatchObject({ ok: false });
    moveTo(new Date(now().getTime() + 15 * 24 * 3600_000));
    expect(await rig.emulator.press('ou_wang', id, {})).toMatchObject({ ok: false });
    const recalled = await sendCard(rig.client, 'ou_wang');
    await rig.client.im.v1.message.delete({ path: { message_id: recalled } });
    expect(await rig.emulator.press('ou_wang', recalled, {})).toMatchObject({ ok: false });
    expect(bot.heard).toEqual([]);
  });
});

describe('a delayed update', () => {
  it('works twice after the answer, within 30 minutes', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const id = await sendCard(rig.client, 'ou_wang');
    const update = (token: unknown, line: string) =>
      rig.client.request({
        method: 'POST',
        url: '/open-apis/interactive/v1/card/update',
        data: { token, card: card(line) },
      });
    await rig.emulator.press('ou_wang', id, {});
    const token = bot.heard[0]?.event.token;
    expect(await update(token, '一')).toMatchObject({ code: 0, msg: 'ok' });
    expect(await update(token, '二')).toMatchObject({ code: 0 });
    expect(rig.emulator.messagesOf('ou_wang')).toMatchObject([{ content: card('二') }]);
    expect(await refusal(update(token, '三'))).toMatchObject({ code: 300040 });
    expect(await refusal(update('c-unknown', '三'))).toMatchObject({ code: 300020 });
    await rig.emulator.press('ou_wang', id, {});
    moveTo(new Date(now().getTime() + 31 * 60_000));
    expect(await refusal(update(bot.heard[1]?.event.token, '四'))).toMatchObject({ code: 300030 });
  });

  it('is refused before the answer', async () => {
    const rig = await startRig();
    const codes: number[] = [];
    await startBot(rig, async (event) => {
      const data = { token: event.token, card: card('too early') };
      codes.push(
        (await refusal(rig.client.request({ method: 'POST', url: '/open-apis/interactive/v1/card/update', data })))
          .code,
      );
      return {};
    });
    await rig.emulator.press('ou_wang', await sendCard(rig.client, 'ou_wang', '原样'), {});
    expect(codes).toEqual([11311]);
    expect(rig.emulator.messagesOf('ou_wang')).toMatchObject([{ content: card('原样') }]);
  });
});
