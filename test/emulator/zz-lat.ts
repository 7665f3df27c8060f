import { startRig } from './rig.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { WORLD, card } from './rig.ts';
const keys = { appId: 'cli_0000000000000001', appSecret: 's', encryptKey: 'k', verificationToken: 'v' };
const e = await startEmulator({ host: '127.0.0.1', port: 0, ...keys, world: WORLD, limits: 'off' });
const t = await (await fetch(e.url + '/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ app_id: keys.appId, app_secret: 's' }) })).json() as any;
const body = JSON.stringify({ receive_id: 'ou_wang', msg_type: 'interactive', content: JSON.stringify(card('x'.repeat(1500))) });
import express from 'express';
const bare = express().disable('etag').use(express.json()).post('/open-apis/im/v1/messages', (q, r) => void r.json({ code: 0, msg: 'success', data: { message_id: 'om_1', content: q.body.content } })).listen(0);
const bareUrl = `http://127.0.0.1:${(bare.address() as any).port}`;
const go = async (u = e.url) => { const r = await fetch(u + '/open-apis/im/v1/messages?receive_id_type=open_id', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${t.tenant_access_token}` }, body }); return r.text(); };
for (let i = 0; i < 1500; i++) { await go(); await go(bareUrl); }
for (let k = 0; k < 4; k++) for (const [name, u] of [['bare', bareUrl], ['emul', e.url]]) { const n = 700; const c0 = process.cpuUsage(); const a = performance.now(); for (let i = 0; i < n; i++) await go(u); const c = process.cpuUsage(c0); console.log(name, 'wall', ((performance.now() - a) / n).toFixed(2), 'cpu', ((c.user + c.system) / 1000 / n).toFixed(2), 'user', (c.user / 1000 / n).toFixed(2)); }
await e.stop(); process.exit(0);
