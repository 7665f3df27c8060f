/** Keeps the emulated world on disk: a file of JSON lines, one per changed row, written before anybody is answered. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A row of a table, or the news that it is gone: `[table, key, value | null]`. */
type Line = [table: string, key: string, value: unknown];

/** Where changed rows go. */
export type Journal = {
  write: (table: string, key: string, value: unknown) => void;
  close: () => void;
};

/** A journal that keeps nothing. */
export const NO_JOURNAL: Journal = { write: () => {}, close: () => {} };

/**
 * A journal in `folder/journal.jsonl`, after `load` was called with every row it held. Each write is in the operating
 * system's hands when the call returns, so a SIGKILL loses nothing; a power cut may. A torn last line is dropped.
 * The file is rewritten at the start, so that it holds each row once.
 */
export function openJournal(folder: string, load: (table: string, key: string, value: unknown) => void): Journal {
  makeFolder(folder);
  const file = join(folder, 'journal.jsonl');
  const rows = new Map<string, Line>();
  for (const line of existsSync(file) ? readLines(file) : []) {
    const id = `${line[0]}\n${line[1]}`;
    if (line[2] === null) rows.delete(id);
    else rows.set(id, line);
  }
  const compacted = `${file}.new`;
  const fd = openSync(compacted, 'w', 0o600);
  fchmodSync(fd, 0o600);
  for (const row of rows.values()) {
    writeSync(fd, `${JSON.stringify(row)}\n`);
    load(...row);
  }
  renameSync(compacted, file);
  let isOpen = true;
  return {
    write: (table, key, value) => {
      // What still happens while the emulator stops is answered to nobody, and so did not happen.
      if (isOpen) writeSync(fd, `${JSON.stringify([table, key, value])}\n`);
    },
    close: () => {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}

/** Makes a folder for its owner alone, as what people write to one another is; one that was open before is closed. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

function* readLines(file: string): Generator<Line> {
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (!text) continue;
    try {
      yield JSON.parse(text) as Line;
    } catch {
      // The process was killed in the middle of this line: nobody was told that it had happened.
    }
  }
}
