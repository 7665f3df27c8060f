/** What the rooms of the emulator share. */

import type { FileStore } from './api/files.ts';
import type { Limits } from './api/limits.ts';
import type { Tokens } from './api/tokens.ts';
import type { Push } from './events/push.ts';
import type { WireLog } from './events/wire-log.ts';
import type { Faults } from './site/page-api.ts';
import type { Changes } from './world/changes.ts';
import type { Tenant } from './world/tenant.ts';

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
