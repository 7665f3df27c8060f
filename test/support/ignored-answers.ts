/** Finds writes whose outcome nobody looks at: somebody else may have been first, and then what is said and planned next is not true. */
import { dirname, resolve } from 'node:path';

/** Source files by their absolute paths. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Calls that are a whole statement although they answer: of a function that says whether it did what it says (`Promise<boolean>`), or
 * of anything but a void one of a `queries.ts`. Given as `file: call`.
 */
export function findIgnoredAnswers(sources: Sources): string[] {
  const declared = new Map([...sources].map(([file, text]) => [file, findReturns(text)]));
  return [...sources].flatMap(([file, text]) => {
    const imports = findImports(file, text);
    return findStatements(text, /^await (?:(\w+)\.)?(\w+)\(/).flatMap(([call = '', space, name = '']) => {
      const [from, original] = space
        ? [imports.spaces.get(space), name]
        : (imports.names.get(name) ?? ([file, name] as const));
      const answer = declared.get(from ?? '')?.get(original);
      const counts =
        answer !== undefined && !answer.includes('void') && (answer === 'boolean' || from?.endsWith('queries.ts'));
      return counts ? [`${file}: ${call.slice(6, -1)}`] : [];
    });
  });
}

/**
 * Writes to one row that hang on its state, of which nobody asks whether they were made; with Prisma, also where the condition stands
 * elsewhere. As `file: statement`.
 */
export function findUnaskedWrites(sources: Sources): string[] {
  const inSql = /^await (?:\w+\.)*sql(?:<[^`]*>)?`(\s*(?:UPDATE|DELETE)[^`]*)`/;
  const inPrisma = /^await (?:\w+\.)+(?:updateMany|deleteMany)\(([^;]*)\);/;
  return [...sources].flatMap(([file, text]) => [
    ...findStatements(text, inSql)
      .filter(
        ([, sql = '']) =>
          /(?:WHERE|AND) (?:\w+\.)?id = \$\{/.test(sql) && /\bstate (?:=|<>|IN)|\bIS NULL\b/.test(whereIn(sql)),
      )
      .map(([, sql]) => `${file}: ${sql?.replaceAll(/\s+/g, ' ').trim()}`),
    ...findStatements(text, inPrisma)
      .filter(([, given = '']) => /\bwhere(?:,|: \{[^}]*\bstate\b)/.test(given))
      .map(([, given]) => `${file}: ${given}`),
  ]);
}

/** The condition of a statement. */
function whereIn(sql: string): string {
  return sql.slice(sql.lastIndexOf('WHERE'));
}

/** The matches of `pattern` that begin a statement of their own. */
function findStatements(text: string, pattern: RegExp): RegExpExecArray[] {
  return [...text.matchAll(/\bawait /g)].flatMap(({ index }) => {
    const before = text.slice(0, index).replace(/(?:\s|\/\/[^\n]*\n)+$/, '');
    const found = /(?:[;{})]|\belse|\*\/)$/.test(before) ? pattern.exec(text.slice(index)) : null;
    return found ? [found] : [];
  });
}

/** What each function of a file resolves with, as it is written. */
function findReturns(text: string): Map<string, string> {
  const functions = text.split(/^(?=(?:export )?(?:async )?function )/m);
  return new Map(
    functions.flatMap((one) => {
      const name = /^(?:export )?(?:async )?function (\w+)/.exec(one)?.[1];
      const answer = /\): Promise<([\s\S]*?)> \{\n/.exec(one)?.[1];
      return name && answer ? [[name, answer] as const] : [];
    }),
  );
}

/** Where the names of a file come from: namespaces, and single functions with their names there. */
function findImports(file: string, text: string) {
  const spaces = new Map<string, string>();
  const names = new Map<string, readonly [string, string]>();
  for (const [, what = '', from = ''] of text.matchAll(/^import (?:type )?([^;]*?) from '(\.[^']+)';/gm)) {
    const target = resolve(dirname(file), from);
    const space = /\* as (\w+)/.exec(what)?.[1];
    if (space) spaces.set(space, target);
    for (const one of (/\{([^}]*)\}/.exec(what)?.[1] ?? '').split(',')) {
      const [original = '', known = original] = one
        .trim()
        .replace(/^type /, '')
        .split(' as ');
      if (original) names.set(known, [target, original]);
    }
  }
  return { spaces, names };
}
