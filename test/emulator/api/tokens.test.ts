/** Tenant tokens: issue, reuse, refusal, and that no secret is logged. */
import * as lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it } from 'vitest';
import { QUIET, refusal, sendCard, startRig } from '../rig.ts';

async function askToken(url: string, body: unknown) {
  const response = await fetch(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { code: number; tenant_access_token: string; expire: number };
}

describe('tenant tokens', () => {
  it('live two hours and are given again', async () => {
    const { emulator, options } = await startRig();
    const credentials = { app_id: options.appId, app_secret: options.appSecret };
    const first = await askToken(emulator.url, credentials);
    expect(first).toMatchObject({
      code: 0,
      msg: 'ok',
      expire: 7200,
      tenant_access_token: expect.stringMatching(/^t-/),
    });
    expect((await askToken(emulator.url, credentials)).tenant_access_token).toBe(first.tenant_access_token);
  });

  it.each([
    [{ app_id: 'cli_0', app_secret: 'secret' }, 10014],
    [{ app_secret: 'secret' }, 10003],
  ])('are refused for %j', async (body, code) => {
    const { emulator } = await startRig();
    expect(await askToken(emulator.url, body)).toMatchObject({ code });
  });

  it('are refused for a wrong secret', async () => {
    const { emulator, options } = await startRig();
    expect(await askToken(emulator.url, { app_id: options.appId, app_secret: 'x' })).toMatchObject({ code: 10015 });
  });

  it('let the bot ask who it is', async () => {
    const { client } = await startRig();
    expect(await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' })).toEqual({
      ...{ code: 0, msg: 'ok' },
      bot: { activate_status: 2, app_name: '警心助手', avatar_url: '', ip_white_list: [], open_id: 'ou_bot' },
    });
  });

  it('are looked for in every call', async () => {
    const { emulator } = await startRig();
    const call = async (authorization?: string) => {
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const response = await fetch(`${emulator.url}/open-apis/im/v1/chats`, { headers });
      return ((await response.json()) as { code: number }).code;
    };
    expect(await call()).toBe(99991661);
    expect(await call('Bearer x')).toBe(99991671);
    expect(await call('Bearer t-x')).toBe(99991663);
  });

  it.each([200, 400] as const)('once ended, are refused with HTTP %i, until the cache is emptied', async (status) => {
    const cache = new Map<string, unknown>();
    const rig = await startRig({ tokenRefusalStatus: status });
    const { appId, appSecret } = rig.options;
    const client = new lark.Client({
      ...{ appId, appSecret, domain: rig.emulator.url, logger: QUIET },
      cache: {
        get: async (key) => cache.get(String(key)),
        set: async (key, value) => Boolean(cache.set(String(key), value)),
      },
    });
    await sendCard(client, 'ou_wang');
    rig.emulator.invalidateTokens();
    const list = () => client.im.v1.chat.list({});
    expect(await refusal(list())).toMatchObject({ status, code: 99991663 });
    cache.clear();
    expect(await list()).toMatchObject({ code: 0 });
  });

  it('and secrets never appear in the wire log', async () => {
    const { emulator, client, options } = await startRig({ appSecret: 'very-secret' });
    await sendCard(client, 'ou_wang');
    const { tenant_access_token } = await askToken(emulator.url, { app_id: options.appId, app_secret: 'very-secret' });
    const log = JSON.stringify(emulator.calls);
    expect(log).toContain('tenant_access_token/internal');
    expect(log).not.toContain('very-secret');
    expect(log).not.toContain(tenant_access_token);
  });
});
