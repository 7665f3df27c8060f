/** Compares what a statement gives with what the code takes it to give. */
import type { Column } from './describe-statement.ts';
import type { Declared, Statement } from './find-statements.ts';

/** What pg makes of a value of each type of PostgreSQL. */
const READ_AS: Record<string, string> = {
  ...{ text: 'string', varchar: 'string', uuid: 'string', int8: 'string', numeric: 'string' },
  ...{ int2: 'number', int4: 'number', float8: 'number', bool: 'boolean' },
  ...{ timestamptz: 'Date', timestamp: 'Date', bytea: 'Buffer' },
};

/**
 * Columns that only a draft lacks: what is published has them, since nobody could publish it without, and no statement that takes them
 * as given reads drafts.
 */
const ONLY_DRAFTS_LACK: Record<string, string[]> = {
  publication: ['dueAt', 'publishedAt'],
  quiz: ['questionCount'],
  star_round: ['voteUntil'],
  study_series: ['kind'],
  study_session: ['kind'],
  study_task: ['kind', 'topic'],
};

/** What is wrong, as sentences that begin with the statement's place; none where the code says what comes. */
export function compareRow({ at, text, row }: Statement, columns: Column[]): string[] {
  if (!row) return [];
  const names = columns.map(({ name }) => name);
  const wrong = [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} comes twice`),
    ...[...row.keys()].filter((name) => !names.includes(name)).map((name) => `${name} is declared and does not come`),
    ...columns.flatMap((column) => {
      const declared = row.get(column.name);
      const said = declared ? compareColumn(declared, column, text) : 'comes and is not declared';
      return said ? [`${column.name} ${said}`] : [];
    }),
  ];
  return wrong.map((what) => `${at}: ${what}`);
}

function compareColumn(declared: Declared, column: Column, text: string): string | undefined {
  const kind = declared.kinds.join(' | ');
  if (kind === 'unknown') return undefined;
  if (column.type === 'json' || column.type === 'jsonb')
    return declared.holdsNoJson ? `comes as JSON, which holds no such ${kind}` : undefined;
  const comes = column.type.startsWith('_') ? `${READ_AS[column.type.slice(1)]}[]` : READ_AS[column.type];
  if (kind !== comes) return `comes as ${comes} (${column.type}) and is declared ${kind}`;
  if (column.table === undefined) return undefined;
  const isNullable = column.isNullable || isOuter(column.table, text);
  const isGiven = ONLY_DRAFTS_LACK[column.table]?.includes(column.origin ?? '') || isGuarded(column.origin ?? '', text);
  if (isNullable && !declared.isNullable && !isGiven) return 'may be null and is declared not to be';
  if (!isNullable && declared.isNullable && !/\b(?:LEFT|RIGHT|FULL)\b/.test(text))
    return 'is never null and is declared to be';
  return undefined;
}

/** Whether all rows of a table come by an outer join, so that its columns may be missing. */
function isOuter(table: string, text: string): boolean {
  const joins = [...text.matchAll(new RegExp(`(LEFT )?(?:FROM|JOIN|INTO|UPDATE|USING|,) ${table}\\b`, 'g'))];
  return joins.length > 0 && joins.every(([, left]) => left);
}

/** Whether the statement leaves out the rows in which the column is null: a comparison with null is never true. */
function isGuarded(column: string, text: string): boolean {
  return new RegExp(`"?\\b${column}\\b"? (?:IS NOT NULL|[<>]|BETWEEN)`).test(text);
}
