/** Starts programs of the tests as real processes and hears from them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A running program: `said` is the JSON of the first line it prints, `ended` its end. */
export type Child<T> = { process: ChildProcess; said: Promise<T>; ended: Promise<unknown> };

/** Runs a file of this folder in a process group of its own, with `ulimit -f` when `maxFileBlocks` is given. */
export function runFile<T>(file: string, args: string[], maxFileBlocks?: number): Child<T> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const command = [execPath, '--import', 'tsx', path, ...args];
  const limited = ['sh', '-c', `ulimit -f ${maxFileBlocks} && exec "$@"`, 'sh', ...command];
  const [program = '', ...rest] = maxFileBlocks ? limited : command;
  const child = spawn(program, rest, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  return { process: child, said: firstLine(file, child.stdout), ended: once(child, 'exit') };
}

async function firstLine<T>(file: string, input: Readable): Promise<T> {
  for await (const line of createInterface({ input })) return JSON.parse(line);
  throw new Error(`${file} ended without a word`);
}
