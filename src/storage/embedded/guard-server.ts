/** Ends a server whose owner has died without doing so: killed, crashed, or in too great a hurry. */
import { spawn } from 'node:child_process';
import { platform } from 'node:process';
import type { ServerAccount } from './server-account.ts';

/** Waits for a line; where the pipe ends before one comes, its other end is dead. SIGINT is PostgreSQL's fast shutdown. */
const SCRIPT = 'read -r line || kill -INT "$0"';

/**
 * Has a small shell wait beside this process, in a session of its own, for the end of it: the operating system closes the pipe between
 * them however this process ends. Gives the function that sends the shell home. On Windows, which has neither, there is no guard, and the
 * server that is left running is taken over by the next start.
 */
export function guardServer(pid: number, account?: ServerAccount): () => void {
  if (platform === 'win32') return () => {};
  const shell = spawn('/bin/sh', ['-c', SCRIPT, String(pid)], {
    ...{ cwd: '/', env: {}, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  for (const part of [shell, shell.stdin]) part?.on('error', () => undefined); // without a shell it is as on Windows
  shell.unref();
  if (shell.stdin && 'unref' in shell.stdin) (shell.stdin as unknown as { unref: () => void }).unref();
  return () => shell.stdin?.end('done\n');
}
