/** The rate limits and their two kinds of refusal. */
import { describe, expect, it } from 'vitest';
import { card, refusal, sendCard, startRig } from '../rig.ts';

/** The outcomes of calls, made one after the other within a window of the limit. */
async function outcomes(calls: (() => Promise<unknown>)[]): Promise<number[]> {
  const codes: number[] = [];
  for (const call of calls) {
    const code = await refusal(call().then((value) => (typeof value === 'string' ? { code: 0 } : value)));
    codes.push(code.code);
  }
  return codes;
}
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('limits', () => {
  it('refuse the call that is too many in a second with HTTP 429 and say how long to wait', async () => {
    const { client } = await startRig({ limits: { perSecond: 3, perMinute: 1000, perUserPerSecond: 1000 } });
    const list = () => client.im.v1.chat.list({});
    const answers = await Promise.all(times(30, () => refusal(list())));
    const refused = answers.find((answer) => answer.code !== 0);
    expect(refused).toMatchObject({ status: 429, code: 99991400 });
    expect(refused?.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '3', 'x-ogw-ratelimit-reset': '1' });
    expect(answers.filter((answer) => answer.code === 0).length).toBeGreaterThanOrEqual(3);
  });

  it('count each API for itself, and by the minute too', async () => {
    const { client } = await startRig({ limits: { perSecond: 1000, perMinute: 4, perUserPerSecond: 1000 } });
    expect(await outcomes(times(5, () => () => client.im.v1.chat.list({})))).toEqual([0, 0, 0, 0, 99991400]);
    expect(await outcomes([() => sendCard(client, 'ou_wang')])).toEqual([0]);
  });

  it('refuse too many messages to one person with 230020 and HTTP 400, not to another', async () => {
    const { client } = await startRig({ limits: { perSecond: 1000, perMinute: 1000, perUserPerSecond: 2 } });
    await sendCard(client, 'ou_li');
    const answers = await Promise.all(
      times(12, () => refusal(sendCard(client, 'ou_wang').then(() => ({ code: 0, msg: '' })))),
    );
    expect(answers.filter((answer) => answer.code !== 0)[0]).toMatchObject({ status: 400, code: 230020 });
    expect(await sendCard(client, 'ou_zhao')).toMatch(/^om_/);
  });

  it('refuse too many edits of one message', async () => {
    const { client } = await startRig({ limits: { perSecond: 1000, perMinute: 1000, perUserPerSecond: 2 } });
    const path = { message_id: await sendCard(client, 'ou_wang') };
    const patch = (line: string) => client.im.v1.message.patch({ path, data: { content: JSON.stringify(card(line)) } });
    const answers = await Promise.all(times(12, (index) => refusal(patch(String(index)))));
    expect(answers.filter((answer) => answer.code !== 0)[0]).toMatchObject({ code: 230020 });
  });
});
