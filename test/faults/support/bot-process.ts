/** The bot as a process of its own, which can be killed at any moment and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { env, execPath, kill } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { explainFailure } from '../../support/explain-failure.ts';

const FOLDER = fileURLToPath(new URL('../../..', import.meta.url));

export type BotProcess = {
  /** Where it says it is; rejects with what it said when it ends instead. */
  url: Promise<string>;
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: string | null }>;
  /** Everything it wrote on both streams. */
  said: () => string;
  /** Sends a signal to the process, or to its whole group. */
  kill: (signal: 'SIGKILL' | 'SIGTERM', whom?: 'process' | 'group') => void;
};

/** Runs `src/main.ts` with these settings and no others, in a process group of its own. What is left of it ends with the test. */
export function runBot(settings: Record<string, string>): BotProcess {
  const child = spawn(execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: FOLDER,
    detached: true,
    env: { PATH: env.PATH, HOME: env.HOME, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  explainFailure('what the bot said', () => lines);
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const bot: BotProcess = {
    ended,
    url: firstUrl(child, lines, ended),
    said: () => lines.join('\n'),
    kill: (signal, whom = 'process') => {
      if (child.pid && child.exitCode === null && child.signalCode === null)
        kill(whom === 'group' ? -child.pid : child.pid, signal);
    },
  };
  bot.url.catch(() => undefined); // whoever waits for it hears of it
  onTestFinished(async () => {
    bot.kill('SIGTERM');
    await ended;
  });
  return bot;
}

function firstUrl(child: ChildProcess, lines: string[], ended: BotProcess['ended']): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /(?:listens on|is ready:) (http:\S+)/.exec(lines.join('\n'))?.[1];
      if (url) resolve(url);
    });
    void ended.then(() => reject(new Error(`the bot ended without being ready:\n${lines.join('\n')}`)));
  });
}

/** A port that nobody uses, with the next one free too: the sample takes both. */
export async function findFreePorts(): Promise<number> {
  for (;;) {
    const port = await tryPort(0);
    if (port && (await tryPort(port + 1))) return port;
  }
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
