/** Reads a zip file's entries one piece at a time, under limits that hold whatever the file claims about itself. */
import { setImmediate } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { damaged, SheetError } from '../sheet-error.ts';

/** The parts of a zip by their names. `read` gives the inflated bytes in pieces; a part that is not there has none. */
export type Zip = { names: string[]; read: (name: string) => AsyncIterable<Uint8Array> };

type Entry = { method: number; crc: number; packed: number; unpacked: number; offset: number };

const MAX_PACKED_BYTES = 10 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;
const MAX_ENTRIES = 5_000;
/** Sheets shrink to a twentieth or, all alike, to a hundredth; what shrinks further is a bomb, once it is of any size. */
const MAX_RATIO = 250;
const RATIO_MATTERS_BYTES = 5 * 1024 * 1024;

const END = { signature: 0x06054b50, bytes: 22, maxComment: 0xffff };
const DIRECTORY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const STORED = 0;
const DEFLATED = 8;
const PIECE_BYTES = 64 * 1024;

/**
 * The parts of the zip in `bytes`. Nothing is inflated yet: the sizes that the directory states are checked first, and `read`
 * counts what really comes out and stops a part that is longer than it claims.
 * Throws `SheetError` for more than 10 MB packed or 100 MB unpacked, an improbable ratio, encryption, and damage.
 */
export function openZip(bytes: Buffer): Zip {
  if (bytes.length > MAX_PACKED_BYTES) {
    throw new SheetError('xlsx too large', '文件超过 10 MB。请拆成几个较小的文件，或删去图片后重新发送。');
  }
  const entries = readDirectory(bytes);
  let total = 0;
  for (const { packed, unpacked } of entries.values()) {
    total += unpacked;
    if (unpacked > RATIO_MATTERS_BYTES && unpacked > packed * MAX_RATIO) throw tooMuch('improbable ratio');
  }
  if (total > MAX_UNPACKED_BYTES) throw tooMuch('declared size');

  async function* read(name: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(name);
    if (!entry) return;
    let size = 0;
    let crc = 0;
    for await (const piece of unpack(bytes, entry)) {
      size += piece.length;
      if (size > entry.unpacked) throw damaged('entry is longer than declared');
      crc = crc32(piece, crc);
      yield piece;
    }
    if (size !== entry.unpacked || crc !== entry.crc) throw damaged('entry does not match its checksum');
  }
  return { names: [...entries.keys()], read };
}

function tooMuch(detail: string): SheetError {
  return new SheetError(
    `zip bomb suspected: ${detail}`,
    '文件解压后过大，没有读取。请只保留需要的内容，另存为 .xlsx 后重新发送。',
  );
}

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw tooMuch('too many entries');
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = count; left > 0; left -= 1) {
    if (at + DIRECTORY.bytes > end || bytes.readUInt32LE(at) !== DIRECTORY.signature) throw damaged('zip directory');
    const flags = bytes.readUInt16LE(at + 8);
    if (flags & 1) throw new SheetError('encrypted zip', '文件加了密码，读不出来。请去掉密码后重新发送。');
    const nameEnd = at + DIRECTORY.bytes + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + DIRECTORY.bytes, nameEnd).replaceAll('\\', '/');
    if (entries.has(name)) throw damaged('two entries of one name');
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the end record stands: the last signature whose comment reaches exactly to the end of the file. */
function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END.bytes - END.maxComment);
  for (let at = bytes.length - END.bytes; at >= first; at -= 1) {
    const isEnd = bytes.readUInt32LE(at) === END.signature;
    if (isEnd && at + END.bytes + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  throw damaged('no end of zip directory');
}

async function* unpack(bytes: Buffer, entry: Entry): AsyncGenerator<Uint8Array> {
  const { offset, packed, method } = entry;
  if (offset + LOCAL.bytes > bytes.length || bytes.readUInt32LE(offset) !== LOCAL.signature) {
    throw damaged('zip entry');
  }
  const start = offset + LOCAL.bytes + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged('zip entry is cut off');
  const content = bytes.subarray(start, start + packed);
  if (method === DEFLATED) {
    const inflater = createInflateRaw({ chunkSize: PIECE_BYTES });
    inflater.end(content);
    try {
      yield* inflater;
    } catch {
      throw damaged('deflate');
    }
  } else if (method === STORED) {
    for (let at = 0; at < content.length; at += PIECE_BYTES) {
      yield content.subarray(at, at + PIECE_BYTES);
      // Nothing waits for a thread here, so others are let in by hand.
      await setImmediate();
    }
  } else {
    throw damaged('unknown compression');
  }
}
