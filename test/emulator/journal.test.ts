/** What is kept survives restarts, torn lines and a kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import { movedByMs, moveTo, now } from '../../src/basics/clock.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { openJournal } from '../../src/emulator/world/journal.ts';
import { card, clientFor, QUIET, sendCard, startBot, startRig, WORLD } from './rig.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function readBack(folder: string): unknown[] {
  const rows: unknown[] = [];
  openJournal(folder, (...row) => rows.push(row)).close();
  return rows;
}

describe('the journal', () => {
  it('gives back the newest state of each row, without those that are gone', () => {
    const folder = makeFolder();
    const journal = openJournal(folder, () => {});
    journal.write('a', '1', 'old');
    journal.write('a', '2', 'gone');
    journal.write('b', '1', { n: 1 });
    journal.write('a', '1', 'new');
    journal.write('a', '2', null);
    journal.close();
    expect(readBack(folder)).toEqual([
      ['a', '1', 'new'],
      ['b', '1', { n: 1 }],
    ]);
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n')).toHaveLength(3);
  });

  it('is readable by its owner alone, even if it was not before', async () => {
    const dataDir = join(makeFolder(), 'data', 'emulator');
    const rig = await startRig({ dataDir });
    rig.emulator.sendFile('ou_wang', '名单.xlsx', Buffer.from('private'));
    const modes = () =>
      ['..', '.', 'journal.jsonl', 'files', ...readdirSync(join(dataDir, 'files')).map((name) => `files/${name}`)].map(
        (name) => statSync(join(dataDir, name)).mode & 0o777,
      );
    expect(modes()).toEqual([0o700, 0o700, 0o600, 0o700, 0o600]);
    await rig.emulator.stop();
    for (const name of ['.', 'files']) chmodSync(join(dataDir, name), 0o755);
    chmodSync(join(dataDir, 'journal.jsonl'), 0o644);
    await startRig({ dataDir });
    expect(modes()).toEqual([0o700, 0o700, 0o600, 0o700, 0o600]);
  });

  it('overlooks a torn last line', () => {
    const folder = makeFolder();
    const journal = openJournal(folder, () => {});
    journal.write('a', '1', 'whole');
    journal.close();
    appendFileSync(join(folder, 'journal.jsonl'), '["a","2","to');
    expect(readBack(folder)).toEqual([['a', '1', 'whole']]);
    expect(readBack(folder)).toEqual([['a', '1', 'whole']]);
  });
});

describe('a world that is kept', () => {
  it('is as it was after a restart: people, messages, edits, reading, files, tokens', async () => {
    const rig = await startRig({ dataDir: makeFolder() });
    const { emulator, client, options } = rig;
    emulator.contacts.transfer('ou_wang', 'od-2');
    const id = await sendCard(client, 'ou_wang', '旧');
    await client.im.v1.message.patch({ path: { message_id: id }, data: { content: JSON.stringify(card('新')) } });
    emulator.read('ou_wang');
    const fileId = emulator.sendFile('ou_wang', 'a.txt', Buffer.from('bytes'));
    await sendCard(client, 'ou_wang', '又', 'once');
    const before = emulator.messagesOf('ou_wang');
    await emulator.stop();
    const again = await startEmulator(options);
    onTestFinished(again.stop);
    expect(again.messagesOf('ou_wang')).toEqual(before);
    expect(before).toMatchObject([{ content: card('新'), isRead: true }, { id: fileId }, { isRead: false }]);
    const next = clientFor(again, options);
    await sendCard(next, 'ou_wang', '又', 'once');
    expect(again.messagesOf('ou_wang')).toHaveLength(3);
    const file = before[1]?.content as { file_key: string } | undefined;
    const shown = await fetch(`${again.url}/emulator/api/files/${file?.file_key}`);
    expect(await shown.text()).toBe('bytes');
  });

  it('stays on the day to which its clock was moved, until the clock is set right', async () => {
    onTestFinished(() => moveTo(new Date(now().getTime() - movedByMs())));
    const rig = await startRig({ dataDir: makeFolder() });
    const setClock = async (url: string, to: string | null) => {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${url}/emulator/api/clock`, { method: 'POST', headers, body: JSON.stringify({ to }) });
    };
    await setClock(rig.emulator.url, '2030-01-04T08:00:00+08:00');
    await rig.emulator.stop();
    moveTo(new Date(now().getTime() - movedByMs())); // as a new process begins
    const again = await startEmulator(rig.options);
    onTestFinished(again.stop);
    expect(now().toISOString()).toMatch(/^2030-01-04T00:/);
    await setClock(again.url, null);
    await again.stop();
    const third = await startEmulator(rig.options);
    onTestFinished(third.stop);
    expect(Math.abs(movedByMs())).toBeLessThan(1000);
  });

  it('still pushes what the bot had not taken', async () => {
    const rig = await startRig({ dataDir: makeFolder() });
    const id = rig.emulator.say('ou_wang', '任务');
    await rig.emulator.stop();
    const emulator = await startEmulator(rig.options);
    onTestFinished(emulator.stop);
    const bot = await startBot({ ...rig, emulator });
    expect(await bot.hears('im.message.receive_v1')).toMatchObject([{ message: { message_id: id } }]);
  });

  it('loses nothing that was answered when the process is killed', async () => {
    const dataDir = makeFolder();
    const appId = 'cli_00000000000dead0';
    const program = join(import.meta.dirname, 'kill-me.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, appId, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = await once(child.stdout, 'data');
    const client = new lark.Client({ appId, appSecret: 'secret', domain: String(line).trim(), logger: QUIET });
    const answered: string[] = [];
    const sending = (async () => {
      for (;;) {
        answered.push(await sendCard(client, 'ou_wang', `第 ${answered.length} 条`));
        if (answered.length === 50) child.kill('SIGKILL');
      }
    })();
    await expect(sending).rejects.toThrow();
    const keys = { appId, appSecret: 'secret', encryptKey: 'key', verificationToken: 'verify' };
    const emulator = await startEmulator({ host: '127.0.0.1', port: 0, ...keys, dataDir, world: WORLD });
    onTestFinished(emulator.stop);
    const kept = emulator.messagesOf('ou_wang').map((message) => message.id);
    expect(answered.length).toBeGreaterThanOrEqual(50);
    expect(kept).toEqual(expect.arrayContaining(answered));
  }, 30_000);
});
