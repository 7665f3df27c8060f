/** The emulated tenant: its units, people, chats, messages and files, with an index for everything that is looked up. */
import { createHash, randomUUID } from 'node:crypto';
import { type Journal, NO_JOURNAL, openJournal } from './journal.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createTable, setUnder, type Table } from './table.ts';
import type { World, WorldUnit, WorldUser } from './world.ts';

/** The tenant every event names. */
export const TENANT_KEY = '736588c9260f175e';

/** Somebody of the contacts, and how they stand to the bot. */
export type TenantUser = WorldUser & { isUnavailable?: boolean; hasStoppedBot?: boolean };

/** A group chat. Talks with the bot are not stored: their id follows from the person's. */
export type Group = {
  chat_id: string;
  name: string;
  description: string;
  owner_id: string;
  members: string[];
  /** The bot was taken out, or the group dissolved. */
  isBotOut?: boolean;
  isDissolved?: boolean;
};

/** An upload. The bytes lie beside the journal, or in memory. */
export type StoredFile = {
  key: string;
  name: string;
  kind: 'image' | 'file';
  uploadedBy: 'bot' | 'person';
  bytes: number;
};

export type Tenant = {
  bot: World['bot'];
  units: Table<WorldUnit>;
  users: Table<TenantUser>;
  groups: Table<Group>;
  files: Table<StoredFile>;
  /** Tables of other rooms of the emulator. */
  tokens: Table<number>;
  pushes: Table<unknown>;
  /** By how much the clock was moved, in milliseconds, in one row. */
  clock: Table<number>;
  mailbox: Mailbox;
  childrenOf: (unitId: string) => string[];
  membersOf: (unitId: string) => TenantUser[];
  groupsOf: (openId: string) => Group[];
  /** The user with this id of the kind, whichever of the three ids or mobile it is. */
  findUser: (kind: UserIdKind | 'mobile', id: string) => TenantUser | undefined;
  /** The person of a talk with the bot, by the talk's chat id. */
  personOf: (p2pChatId: string) => string | undefined;
  close: () => void;
};
export type UserIdKind = 'open_id' | 'union_id' | 'user_id';

/** The chat id of the talk between the bot and a person. */
export function p2pChatId(openId: string): string {
  return `oc_${createHash('sha256').update(openId).digest('hex').slice(0, 32)}`;
}

/** An id of Feishu's looks: the prefix and 32 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}${randomUUID().replaceAll('-', '')}`;
}

/** The tenant as `dataDir` remembers it, or as `world` describes it when there is nothing to remember. */
export function openTenant(world: World, dataDir: string | undefined): Tenant {
  let journal: Journal = NO_JOURNAL;
  const write = () => journal;
  const children = new Map<string, Set<string>>();
  const members = new Map<string, Set<string>>();
  const groupsOf = new Map<string, Set<string>>();
  const openIds = { open_id: new Map<string, string>(), union_id: new Map(), user_id: new Map(), mobile: new Map() };
  const p2pOwners = new Map<string, string>();

  const units = createTable<WorldUnit>('units', write, (id, before, after) => {
    if (before) children.get(before.parent)?.delete(id);
    if (after) setUnder(children, after.parent).add(id);
  });
  const users = createTable<TenantUser>('users', write, (id, before, after) => {
    for (const unit of before?.department_ids ?? []) members.get(unit)?.delete(id);
    for (const unit of after?.department_ids ?? []) setUnder(members, unit).add(id);
    for (const kind of ['open_id', 'union_id', 'user_id', 'mobile'] as const) {
      if (before) openIds[kind].delete(before[kind]);
      if (after) openIds[kind].set(after[kind], id);
    }
    p2pOwners.set(p2pChatId(id), id);
  });
  const groups = createTable<Group>('groups', write, (id, before, after) => {
    for (const person of before?.members ?? []) groupsOf.get(person)?.delete(id);
    for (const person of after?.members ?? []) setUnder(groupsOf, person).add(id);
  });
  const mailbox = createMailbox(write, (chatId) => {
    const person = p2pOwners.get(chatId);
    return person ? [person] : (groups.get(chatId)?.members ?? []);
  });
  const files = createTable<StoredFile>('files', write);
  const tokens = createTable<number>('tokens', write);
  const pushes = createTable<unknown>('pushes', write);
  const clock = createTable<number>('clock', write);

  if (dataDir) {
    const tables = { units, users, groups, files, tokens, pushes, clock, ...mailbox.tables } as Record<
      string,
      Table<unknown>
    >;
    journal = openJournal(dataDir, (table, key, value) => tables[table]?.load(key, value));
  }
  if (users.size() === 0) {
    for (const unit of world.units) units.set(unit.open_department_id, unit);
    for (const user of world.users) users.set(user.open_id, user);
    for (const group of world.groups) {
      groups.set(group.chat_id, { ...group, description: '', owner_id: group.members[0] ?? '' });
    }
  }
  const existing = <V>(ids: Iterable<string> | undefined, table: Table<V>): V[] =>
    [...(ids ?? [])].map((id) => table.get(id)).filter((row): row is Awaited<V> & {} => row != null);
  return {
    bot: world.bot,
    ...{ units, users, groups, files, tokens, pushes, clock, mailbox },
    childrenOf: (unitId) =>
      existing(children.get(unitId), units)
        .sort((a, b) => a.order - b.order)
        .map((unit) => unit.open_department_id),
    membersOf: (unitId) => existing(members.get(unitId), users),
    groupsOf: (openId) => existing(groupsOf.get(openId), groups),
    findUser: (kind, id) => users.get(openIds[kind].get(id) ?? ''),
    personOf: (chatId) => p2pOwners.get(chatId),
    close: () => journal.close(),
  };
}
