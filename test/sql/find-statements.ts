/** Finds every SQL statement of the sources, with the row that the code takes each to give, as the compiler itself understands it. */
import { relative } from 'node:path';
import type { Node, SourceFile, TaggedTemplateExpression } from 'typescript/unstable/ast';
import {
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

/** What a value may be: `string`, `number`, `boolean`, `Date`, `Buffer`, `string[]` and so on, `object`, `unknown`. */
export type Declared = { kinds: string[]; isNullable: boolean; holdsNoJson: boolean };

/** A statement at `file:line`, with `$1` where a value stands. `row` by columns; undefined where nobody reads what comes back. */
export type Statement = { at: string; text: string; row?: Map<string, Declared> };

/** `loose`: where `sql` is named without being the tag of a template, so that nobody could read here what is run. */
export type Found = { statements: Statement[]; loose: string[] };

/** All statements of the files of a project, a folder with a `tsconfig.json`, that `isWanted`. */
export function findStatements(root: string, isWanted: (file: string) => boolean): Found {
  const api = new API({ cwd: root });
  try {
    const project = api.updateSnapshot({ openProjects: [`${root}/tsconfig.json`] }).getProjects()[0];
    if (!project) throw new Error(`no project in ${root}`);
    const found: Found = { statements: [], loose: [] };
    for (const name of project.program.getSourceFileNames()) {
      const source = isWanted(relative(root, name)) ? project.program.getSourceFile(name) : undefined;
      if (!source?.text.includes('sql')) continue;
      const at = (node: Node) => `${relative(root, name)}:${lineOf(source, node)}`;
      const { tagged, loose } = findMentions(source);
      found.loose.push(...loose.map(at));
      const types = project.checker.getTypeAtLocation(tagged);
      found.statements.push(
        ...tagged.map((node, index) => {
          const row = types[index] && readRow(project.checker, types[index]);
          return { at: at(node), text: textOf(node), ...(row && { row }) };
        }),
      );
    }
    return found;
  } finally {
    api.close();
  }
}

/** Every place that says `sql`: as the tag of a template, or in another way. */
function findMentions(source: SourceFile): { tagged: TaggedTemplateExpression[]; loose: Node[] } {
  const tagged: TaggedTemplateExpression[] = [];
  const mentions: Node[] = [];
  const tags = new Set<Node>();
  const visit = (node: Node): void => {
    if (isTaggedTemplateExpression(node)) {
      const tag = isPropertyAccessExpression(node.tag) ? node.tag.name : node.tag;
      if (isIdentifier(tag) && tag.text === 'sql') {
        tagged.push(node);
        tags.add(tag);
      }
    }
    if (isIdentifier(node) && node.text === 'sql') mentions.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return { tagged, loose: mentions.filter((node) => !tags.has(node)) };
}

function textOf({ template }: TaggedTemplateExpression): string {
  if (isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (text, { literal }, index) => `${text}$${index + 1}${literal.text}`,
    template.head.text,
  );
}

function lineOf(source: SourceFile, node: Node): number {
  return (
    source.text.slice(0, node.end).split('\n').length -
    (source.text.slice(node.pos, node.end).trim().split('\n').length - 1)
  );
}

/** The row of a `Promise<Row[]>`; of `Record<string, never>` and `unknown` nobody can read a column. Throws for one that hangs on a parameter. */
function readRow(checker: Checker, promise: Type): Map<string, Declared> | undefined {
  const rows = promise.isTypeReference() ? checker.getTypeArguments(promise)[0] : undefined;
  const row = rows?.isTypeReference() ? checker.getTypeArguments(rows)[0] : undefined;
  if (!row) throw new Error(`no rows in ${checker.typeToString(promise)}`);
  const columns = checker.getPropertiesOfType(row).map((symbol) => {
    const type = checker.getTypeOfSymbol(symbol);
    if (!type) throw new Error(`no type for ${symbol.name}`);
    return [symbol.name, declare(checker, type)] as const;
  });
  if (columns.length > 0) return new Map(columns);
  const said = checker.typeToString(row);
  if (said !== 'Record<string, never>' && said !== 'unknown') throw new Error(`nobody can tell the columns of ${said}`);
  return undefined;
}

function declare(checker: Checker, type: Type): Declared {
  const kinds = new Set(kindsOf(checker, type));
  const isNullable = kinds.delete('null') || kinds.has('unknown');
  return { kinds: [...kinds].sort(), isNullable, holdsNoJson: holdsNoJson(checker, type, new Set()) };
}

function kindsOf(checker: Checker, type: Type): string[] {
  if (type.isUnionType()) return (type.getTypes() ?? []).flatMap((one) => kindsOf(checker, one));
  const { flags } = type;
  if (flags & TypeFlags.StringLike) return ['string'];
  if (flags & TypeFlags.NumberLike) return ['number'];
  if (flags & TypeFlags.BooleanLike) return ['boolean'];
  if (flags & TypeFlags.Null) return ['null'];
  if (flags & TypeFlags.Undefined) return ['undefined'];
  if (flags & TypeFlags.AnyOrUnknown) return ['unknown'];
  if (checker.isArrayType(type) && type.isTypeReference()) {
    const [item] = checker.getTypeArguments(type);
    return item ? [`${[...new Set(kindsOf(checker, item))].join('|')}[]`] : ['unknown[]'];
  }
  const name = type.getSymbol()?.name ?? '';
  return [['Date', 'Buffer', 'Uint8Array'].includes(name) ? name : 'object'];
}

/** Whether a value of this type has in it, however deep, what JSON cannot give: a `Date`, bytes, a map. */
function holdsNoJson(checker: Checker, type: Type, seen: Set<number>): boolean {
  if (seen.has(type.id)) return false;
  seen.add(type.id);
  const holds = (one: Type | undefined) => one !== undefined && holdsNoJson(checker, one, seen);
  if (type.isUnionType() || type.isIntersectionType()) return (type.getTypes() ?? []).some(holds);
  if (!type.isObjectType()) return false;
  if (/^(Date|Buffer|Uint8Array|Map|Set)$/.test(type.getSymbol()?.name ?? '')) return true;
  if (checker.isArrayType(type) && type.isTypeReference()) return checker.getTypeArguments(type).some(holds);
  return checker.getPropertiesOfType(type).some((symbol) => holds(checker.getTypeOfSymbol(symbol)));
}
