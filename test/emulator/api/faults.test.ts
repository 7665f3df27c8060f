/** What goes wrong on purpose does, at the share that was asked for. */
import * as lark from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaults, drawFate } from '../../../src/emulator/api/faults.ts';
import { QUIET, type Rig, refusal, sendCard, startRig } from '../rig.ts';

/** A client that gives up soon: what it asked for happens in the emulator or does not, but nobody tells it. */
function impatientClient({ emulator, options }: Rig): lark.Client {
  const { appId, appSecret } = options;
  const request = (config: object) => lark.defaultHttpInstance.request({ ...config, timeout: 300 });
  const httpInstance: lark.HttpInstance = Object.create(lark.defaultHttpInstance, { request: { value: request } });
  return new lark.Client({ appId, appSecret, domain: emulator.url, logger: QUIET, httpInstance });
}

describe('faults of calls', () => {
  it.each([
    ['rateLimitedShare', 429, 99991400],
    ['chatLimitedShare', 400, 230020],
    ['errorShare', 500, 2200],
  ] as const)('%s answers HTTP %i and does nothing', async (fault, status, code) => {
    const { emulator, client } = await startRig();
    emulator.faults[fault] = 1;
    expect(await refusal(sendCard(client, 'ou_wang'))).toMatchObject({ status, code });
    emulator.faults[fault] = 0;
    expect(emulator.messagesOf('ou_wang')).toEqual([]);
    await sendCard(client, 'ou_wang');
    expect(emulator.messagesOf('ou_wang')).toHaveLength(1);
  });

  it('a silent call is never answered nor carried out', async () => {
    const rig = await startRig();
    rig.emulator.faults.silentShare = 1;
    await expect(sendCard(impatientClient(rig), 'ou_wang')).rejects.toMatchObject({ code: 'ECONNABORTED' });
    expect(rig.emulator.messagesOf('ou_wang')).toEqual([]);
    expect(rig.emulator.calls.at(-1)).toMatchObject({ status: 0, code: null });
  });

  it('a lost answer is of a call that was carried out, and the uuid keeps it from happening twice', async () => {
    const rig = await startRig();
    rig.emulator.faults.lostAnswerShare = 1;
    await expect(sendCard(impatientClient(rig), 'ou_wang', 'x', 'once')).rejects.toMatchObject({
      code: 'ECONNABORTED',
    });
    expect(rig.emulator.messagesOf('ou_wang')).toHaveLength(1);
    rig.emulator.faults.lostAnswerShare = 0;
    const id = await sendCard(rig.client, 'ou_wang', 'x', 'once');
    expect(rig.emulator.messagesOf('ou_wang').map((message) => message.id)).toEqual([id]);
  });

  it('spare calls that only read', async () => {
    const { emulator, client } = await startRig();
    emulator.faults.errorShare = 1;
    expect(await client.im.v1.chat.list({})).toMatchObject({ code: 0 });
  });
});

describe('the fate of a call', () => {
  it('has each of the shares as its probability', () => {
    const share = fc.double({ min: 0, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, share, (a, b, c, d, e) => {
        const faults = {
          ...createFaults(),
          rateLimitedShare: a,
          chatLimitedShare: b,
          errorShare: c,
          silentShare: d,
          lostAnswerShare: e,
        };
        const chances = Array.from({ length: 2000 }, (_, index) => (index + 0.5) / 2000);
        const fates = chances.map((chance) => drawFate(faults, chance));
        const shareOf = (fate: string) => fates.filter((one) => one === fate).length / 2000;
        for (const [fate, expected] of [
          ['rate-limited', a],
          ['chat-limited', b],
          ['error', c],
          ['silent', d],
          ['lost-answer', e],
        ] as const) {
          expect(Math.abs(shareOf(fate) - expected)).toBeLessThan(0.002);
        }
      }),
      { numRuns: 30 },
    );
  });
});
