import { startEmulator } from '../../src/emulator/emulator.ts';
import { WORLD, card } from './rig.ts';
import { spawn } from 'node:child_process';
import express from 'express';
const keys = { appId: 'cli_0000000000000001', appSecret: 's', encryptKey: 'k', verificationToken: 'v' };
const e = await startEmulator({ host: '127.0.0.1', port: 0, ...keys, world: WORLD, limits: 'off', dataDir: '/tmp/emu-bench' });
const t = await (await fetch(e.url + '/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ app_id: keys.appId, app_secret: 's' }) })).json() as any;
const body = JSON.stringify({ receive_id: 'ou_wang', msg_type: 'interactive', content: JSON.stringify(card('x'.repeat(1500))) });
const bare = express().disable('etag').use(express.json()).post('/open-apis/im/v1/messages', (q, r) => void r.json({ code: 0, msg: 'success', data: { message_id: 'om_1', content: q.body.content } })).listen(0);
const bareUrl = `http://127.0.0.1:${(bare.address() as any).port}`;
async function run(url: string, s: number) {
  const c0 = process.cpuUsage();
  const child = spawn('node_modules/.bin/autocannon', ['-c','10','-d',String(s),'-m','POST','-H','content-type=application/json','-H',`authorization=Bearer ${t.tenant_access_token}`,'-b',body,'-j', url + '/open-apis/im/v1/messages?receive_id_type=open_id'], { stdio: ['ignore','pipe','ignore'] });
  let out=''; child.stdout.on('data', d => out += d); await new Promise(r => child.on('close', r));
  const c1 = process.cpuUsage(c0); const r = JSON.parse(out);
  return { rps: r.requests.average, cpuMs: ((c1.user + c1.system) / 1000 / r.requests.total).toFixed(3), bad: r.non2xx };
}
await run(bareUrl, 3); await run(e.url, 4);
for (let i = 0; i < 3; i++) { console.log('bare', await run(bareUrl, 4)); console.log('emul', await run(e.url, 4)); }
await e.stop(); process.exit(0);
