import { checkCard } from '../../src/card-json/check.ts';
import { openTenant, newId } from '../../src/emulator/tenant.ts';
import { WORLD, card } from './rig.ts';
import { blankSecrets } from '../../src/emulator/wire-log.ts';
const c = card('x'.repeat(1500)); const s = JSON.stringify(c);
const t = openTenant(WORLD, '/tmp/emu-micro');
function time(name: string, f: () => void, n = 5000) { for (let i = 0; i < 2000; i++) f(); const a = process.cpuUsage(); for (let i = 0; i < n; i++) f(); const b = process.cpuUsage(a); console.log(name, ((b.user + b.system) / n).toFixed(1), 'us'); }
time('check', () => checkCard(c));
time('parse', () => JSON.parse(s));
time('newId', () => newId('om_'));
time('blank', () => blankSecrets({ code: 0, msg: 'x', data: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: { i: 8 }, body: { content: s } } }));
time('put', () => t.mailbox.put({ message_id: newId('om_'), chat_id: 'oc_x', msg_type: 'interactive', content: s, sender: { kind: 'bot', id: 'x' }, create_time: 1, update_time: 1, edits: 0 }));
const { p2pChatId } = await import('../../src/emulator/tenant.ts');
time('p2p', () => p2pChatId('ou_wang'));
t.close();
