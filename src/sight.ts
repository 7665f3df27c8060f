/** Who may see what a card or a file is about: each declares it, and it is asked anew at every rendering and every press. */
import { z } from 'zod';
import { type Action, may, mayAnywhere, type Scope } from './people/permissions.ts';
import type { Person } from './people/person.ts';
import type { Reader } from './storage/database.ts';

/** Where a matter lies: without a scope, the action anywhere is enough. And whose alone it is, where it is one person's. */
export type Matter = { scope?: Scope; owner?: string };
type FindMatter<R> = (db: Reader, ref: R) => Promise<Matter | undefined>;

/**
 * What a card or file is about, and who may see it: whoever holds `action` where `matter` lies (and is its owner, where it has one).
 * `anywhere` is for what is made of the viewer's own scopes alone; with `self` everybody in service may ask, and without a `matter`
 * no statement is spent on it: what is shown is the viewer's own part. A matter that is gone is undefined.
 */
export type Sight<R> = { ref: z.ZodType<R> } & (
  | { action: 'self'; matter?: FindMatter<R> }
  | { action: Exclude<Action, 'self'>; matter: FindMatter<R> | 'anywhere' }
);

/** The same for refs as they are on the wire; made by `guard`. */
export type Guard = {
  action: Action;
  /** Whether the ref is one of its own. */
  reads: (ref: string) => boolean;
  findMatter?: (db: Reader, ref: string) => Promise<Matter | undefined>;
};

/** The guard of what was declared. */
export function guard<R>({ ref, action, matter }: Sight<R>): Guard {
  return {
    action,
    reads: (text) => ref.safeParse(text).success,
    ...(typeof matter === 'function' && { findMatter: (db: Reader, text: string) => matter(db, ref.parse(text)) }),
  };
}

/** What somebody may see: what lies open for them with where it lies, what is closed to them, or that there is nothing there. */
export type Look = { is: 'open'; matter: Matter } | { is: 'closed' } | { is: 'gone' };

/** Asks whether `who`, with the roles they hold now, may see what `ref` names; nobody stands for strangers and leavers. */
export async function look(db: Reader, guarded: Guard, ref: string, who: Person | undefined): Promise<Look> {
  if (!guarded.reads(ref)) return { is: 'gone' };
  if (!who || !mayAnywhere(who, guarded.action)) return { is: 'closed' };
  const matter = guarded.findMatter ? await guarded.findMatter(db, ref) : {};
  if (!matter) return { is: 'gone' };
  const isOthers = matter.owner !== undefined && matter.owner !== who.id;
  return isOthers || !mayIn(who, guarded.action, matter) ? { is: 'closed' } : { is: 'open', matter };
}

/** Whether the person may do `action` where the matter lies. */
export function mayIn(who: Person, action: Action, { scope }: Matter): boolean {
  return scope === undefined ? mayAnywhere(who, action) : may(who, action, scope);
}

/** The ref of whatever has one id of ours. */
export const Id = z.uuid();
/** The ref of a card that is about no stored thing: the id of the event that asked for it, or whoever it is for. */
export const AnyRef = z.string().regex(/^[^\p{Cc}]{1,200}$/u);

/**
 * A ref of several parts, `first:second`: parsed part by part, and written by `write`. The last part may hold the separator itself, as
 * the key of a message does.
 */
export function refOf<Shape extends z.ZodRawShape>(shape: Shape, separator = ':') {
  const names = Object.keys(shape);
  const split = (text: unknown) => {
    const parts = String(text).split(separator);
    const partOf = (at: number) => (at < names.length - 1 ? parts[at] : parts.slice(at).join(separator));
    return Object.fromEntries(names.map((name, at) => [name, at < parts.length ? partOf(at) : undefined]));
  };
  return Object.assign(z.preprocess(split, z.object(shape)), {
    write: (parts: { [Name in keyof Shape]: string | number }) => names.map((name) => parts[name]).join(separator),
  });
}

/** What a further sentence of a person may be about; `said` are words by which people tell these matters from those of other features: 答题. */
export type AtHand = { said: RegExp; find: (db: Reader, who: Person, at: Date) => Promise<AtHandMatter[]> };
/** What a person drafted lately, or issued and still runs, `since` when; `wish` is the one that began it. */
export type AtHandMatter = { ref: string; is: 'draft' | 'running'; wish: string; title: string; since: Date };
