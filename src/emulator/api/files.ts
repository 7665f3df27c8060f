/** Uploaded images and files: their facts in the tenant, their bytes in a folder, or in memory without one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../world/journal.ts';
import { newId, type StoredFile, type Tenant } from '../world/tenant.ts';

export type FileStore = {
  /** Keeps an upload; its key begins with `img_` or `file_`. */
  add: (
    file: { name: string; kind: StoredFile['kind']; uploadedBy: StoredFile['uploadedBy'] },
    bytes: Buffer,
  ) => StoredFile;
  find: (key: string) => { file: StoredFile; bytes: Buffer } | undefined;
};

/** A store whose bytes lie in `dataDir/files`; written before the upload is answered. */
export function createFileStore(tenant: Tenant, dataDir: string | undefined): FileStore {
  const folder = dataDir ? join(dataDir, 'files') : undefined;
  if (folder) makeFolder(folder);
  const inMemory = new Map<string, Buffer>();
  return {
    add: (facts, bytes) => {
      const key = newId(facts.kind === 'image' ? 'img_v3_' : 'file_v3_');
      if (folder) writeFileSync(join(folder, key), bytes, { mode: 0o600 });
      else inMemory.set(key, bytes);
      const file = { key, ...facts, bytes: bytes.length };
      tenant.files.set(key, file);
      return file;
    },
    find: (key) => {
      const file = tenant.files.get(key);
      if (!file) return undefined;
      const bytes = folder ? readFileSync(join(folder, key)) : inMemory.get(key);
      return bytes && { file, bytes };
    },
  };
}
