/** Which variables a template uses, its samples give and a card's `load` brings: three that must agree. */
import { relative } from 'node:path';
import { readSamples, type Template, type Templates, templateOf } from './templates.ts';
import { isRecord } from './walk.ts';

/** What json-e and the house know without anybody's giving it, and the words of its language. */
const KNOWN = new Set(
  ['min', 'max', 'sqrt', 'ceil', 'floor', 'abs', 'range', 'lowercase', 'uppercase', 'str', 'number', 'len', 'strip']
    .concat(['rstrip', 'lstrip', 'split', 'join', 'fromNow', 'typeof', 'defined', 'now', 'in', 'true', 'false', 'null'])
    .concat('md'),
);
/** Operators whose value is an expression, not a text with expressions in it. */
const EXPRESSIONS = new Set(['$eval', '$if']);
const EACH = /^each\((.+)\)$/;

/** The names of the variables that a template uses anywhere, in branches that no sample takes as well. */
export function usedVariables(json: unknown): Set<string> {
  const used = new Set<string>();
  visit(json, new Set(), used);
  return used;
}

function visit(value: unknown, bound: ReadonlySet<string>, used: Set<string>): void {
  if (typeof value === 'string') {
    for (const [, expression = ''] of value.matchAll(/(?<!\$)\$\{([^}]*)\}/g)) addNames(expression, bound, used);
  } else if (Array.isArray(value)) {
    for (const item of value) visit(item, bound, used);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) visitEntry(key, item, bound, used);
  }
}

function visitEntry(key: string, item: unknown, bound: ReadonlySet<string>, used: Set<string>): void {
  const [, loop] = EACH.exec(key) ?? [];
  visit(key, bound, used);
  if (EXPRESSIONS.has(key) && typeof item === 'string') addNames(item, bound, used);
  else visit(item, loop ? new Set([...bound, ...loop.split(/\s*,\s*/)]) : bound, used);
}

/** Names in an expression: neither what stands in quotes nor what follows a point. */
function addNames(expression: string, bound: ReadonlySet<string>, used: Set<string>): void {
  const plain = expression.replace(/'[^']*'|"[^"]*"/g, "''");
  for (const [name] of plain.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)) {
    if (!bound.has(name) && !KNOWN.has(name)) used.add(name);
  }
}

/** The variables that a template uses and no sample gives; `form` is drawn by the house. */
export function variablesWithoutSample(template: Template, samples: Record<string, unknown>[]): string[] {
  const given = new Set(samples.flatMap((sample) => Object.keys(sample)));
  return [...usedVariables(template.json)].filter(
    (name) => !given.has(name) && !(name === 'form' && given.has('holds')),
  );
}

/** Throws where a card's `load` forgets a variable that its template uses and every sample gives. What it gives besides harms nobody. */
export function checkLoad(templates: Templates, feature: string, card: string, loaded: Record<string, unknown>): void {
  const template = templateOf(templates, feature, card);
  const forgotten = template ? alwaysGiven(template).filter((name) => !(name in loaded)) : [];
  if (forgotten.length === 0) return;
  const files = `${relative(process.cwd(), template?.file ?? '')} uses it and every sample gives it: mend load, or the samples, and run npm run cards`;
  throw new Error(`the load of the card ${feature}/${card} does not give ${forgotten.join(', ')}; ${files}`);
}

const remembered = new WeakMap<Template, string[]>();

/** What a template uses, in any branch, and every one of its samples gives; read once. */
function alwaysGiven(template: Template): string[] {
  const before = remembered.get(template);
  if (before) return before;
  const [first = {}, ...others] = readSamples(template);
  const used = usedVariables(template.json);
  const isUsed = (name: string) => used.has(name) || (name === 'holds' && used.has('form'));
  const always = Object.keys(first).filter((name) => isUsed(name) && others.every((sample) => name in sample));
  remembered.set(template, always);
  return always;
}
