/** What the rooms of the emulator share. */
import type { Changes } from './changes.ts';
import type { FileStore } from './files.ts';
import type { Limits } from './limits.ts';
import type { Faults } from './page-api.ts';
import type { Push } from './push.ts';
import type { Tenant } from './tenant.ts';
import type { Tokens } from './tokens.ts';
import type { WireLog } from './wire-log.ts';

export type Core = {
  app: { id: string; secret: string };
  tenant: Tenant;
  files: FileStore;
  tokens: Tokens;
  limits: Limits;
  faults: Faults;
  changes: Changes;
  wireLog: WireLog;
  push: Push;
  /** How long after sending a message can be recalled or edited. */
  recallWindowMs: number;
  /** The scopes that were granted; undefined means all. A contact field without its scope is left out. */
  scopes: ReadonlySet<string> | undefined;
  log: (line: string) => void;
};
