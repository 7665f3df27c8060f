/** A keyed collection whose every change goes to the journal. */
import type { Journal } from './journal.ts';

export type Table<V> = {
  get: (key: string) => V | undefined;
  set: (key: string, value: V) => void;
  delete: (key: string) => void;
  values: () => Iterable<V>;
  entries: () => Iterable<[string, V]>;
  size: () => number;
  /** Takes a row that comes from the journal and must not be written there again. */
  load: (key: string, value: V) => void;
};

/** A table called `name` in the journal. `onChange` keeps indexes: it hears of every row set, deleted or loaded. */
export function createTable<V>(
  name: string,
  journal: () => Journal,
  onChange: (key: string, before: V | undefined, after: V | undefined) => void = () => {},
): Table<V> {
  const rows = new Map<string, V>();
  const load = (key: string, value: V) => {
    const before = rows.get(key);
    rows.set(key, value);
    onChange(key, before, value);
  };
  return {
    get: (key) => rows.get(key),
    set: (key, value) => {
      journal().write(name, key, value);
      load(key, value);
    },
    delete: (key) => {
      const before = rows.get(key);
      if (before === undefined) return;
      journal().write(name, key, null);
      rows.delete(key);
      onChange(key, before, undefined);
    },
    values: () => rows.values(),
    entries: () => rows.entries(),
    size: () => rows.size,
    load,
  };
}

/** The set kept under `key`, made on first use. */
export function setUnder<V>(index: Map<string, Set<V>>, key: string): Set<V> {
  const known = index.get(key);
  if (known) return known;
  const members = new Set<V>();
  index.set(key, members);
  return members;
}
