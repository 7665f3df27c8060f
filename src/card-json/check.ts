/** Finds what is wrong with a card before Feishu does: shape, limits and the rules between components. */
import type { z } from 'zod';
import { Column } from './containers.ts';
import { codes, type Problem } from './problem.ts';
import { checkRules, type Place } from './rules.ts';
import { CardFrame, components } from './structure.ts';

/** A card may be 30 KB as JSON. `IM/message/create`. */
const MAX_BYTES = 30 * 1024;
const MAX_ELEMENTS = 200;
const MAX_TABLES = 5;
const MAX_DEPTH = 5;

const schemas = new Map<string, z.ZodType>(Object.entries(components));
const encoder = new TextEncoder();

/** What has been met on the walk through one card. */
type Walk = { problems: Problem[]; tables: number; names: Set<string>; submits: number };

/**
 * All problems of a card, none for a good one. Takes any JSON value; a card that is too long is not looked into.
 * Stricter than Feishu in one thing: properties that its documents call historical are unknown here.
 * `/feishu-cards/card-json-v2-structure` and the pages of the components.
 */
export function checkCard(card: unknown): Problem[] {
  const walk: Walk = { problems: [], tables: 0, names: new Set(), submits: 0 };
  const add = (path: string, rule: string, code: number, message: string) =>
    walk.problems.push({ path, rule, code, message });

  const bytes = encoder.encode(JSON.stringify(card) ?? '').length;
  if (bytes > MAX_BYTES) add('', 'size', codes.tooLong, `has ${bytes} bytes, more than ${MAX_BYTES}`);
  if (bytes > MAX_BYTES) return walk.problems;
  checkShape(CardFrame, card, '', walk.problems);
  if (!isRecord(card)) return walk.problems;
  if (isRecord(card.body)) checkChildren(card.body.elements, 'body.elements', { inForm: false, depth: 0 }, walk);
  if (walk.tables > MAX_TABLES) add('body', 'too-many-tables', codes.tooMany, `has ${walk.tables} tables, at most 5`);
  const ids = new Set<string>();
  const elements = countTagged(card, (id, path) => {
    if (ids.has(id)) add(path, 'duplicate-element-id', codes.malformed, `element_id ${id} stands twice in the card`);
    ids.add(id);
  });
  if (elements > MAX_ELEMENTS) add('body', 'too-many-elements', codes.tooMany, `has ${elements} elements, at most 200`);
  return walk.problems;
}

function checkChildren(children: unknown, path: string, place: Place, walk: Walk): void {
  if (!Array.isArray(children)) return;
  for (let index = 0; index < children.length; index++) {
    checkElement(children[index], `${path}[${index}]`, place, walk);
  }
}

function checkElement(element: unknown, path: string, place: Place, walk: Walk): void {
  const tag = isRecord(element) ? element.tag : undefined;
  if (!isRecord(element) || typeof tag !== 'string') {
    walk.problems.push({ path, rule: 'shape', code: codes.malformed, message: 'is not a component with a tag' });
    return;
  }
  const schema = schemas.get(tag);
  if (!schema) {
    walk.problems.push({
      path: `${path}.tag`,
      rule: 'unknown-tag',
      code: codes.unknownTag,
      message: `unknown tag ${tag}`,
    });
    return;
  }
  if (checkShape(schema, element, path, walk.problems)) checkRules(element, path, place, walk);
  if (tag === 'table') walk.tables++;
  if (tag === 'button' && element.form_action_type === 'submit') walk.submits++;
  if (tag === 'form') checkForm(element, path, place, walk);
  else if (tag === 'column_set') checkColumns(element.columns, path, place, walk);
  else if ('elements' in element) checkChildren(element.elements, `${path}.elements`, deeper(path, place, walk), walk);
}

function checkForm(form: Record<string, unknown>, path: string, place: Place, walk: Walk): void {
  const submits = walk.submits;
  checkChildren(form.elements, `${path}.elements`, { ...deeper(path, place, walk), inForm: true }, walk);
  if (walk.submits > submits) return;
  walk.problems.push({ path, rule: 'form-submit', code: codes.malformed, message: 'has no button that submits it' });
}

function checkColumns(columns: unknown, path: string, place: Place, walk: Walk): void {
  if (!Array.isArray(columns)) return;
  const inside = deeper(path, place, walk);
  columns.forEach((column: unknown, index) => {
    const at = `${path}.columns[${index}]`;
    checkShape(Column, column, at, walk.problems);
    if (isRecord(column)) checkChildren(column.elements, `${at}.elements`, inside, walk);
  });
}

function deeper(path: string, place: Place, walk: Walk): Place {
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH) {
    walk.problems.push({
      path,
      rule: 'nesting',
      code: codes.malformed,
      message: `is nested more than ${MAX_DEPTH} deep`,
    });
  }
  return { ...place, depth };
}

/** Whether `value` has the shape; if not, the problems are added. */
function checkShape(schema: z.ZodType, value: unknown, path: string, problems: Problem[]): boolean {
  const parsed = schema.safeParse(value);
  if (parsed.success) return true;
  for (const issue of parsed.error.issues) {
    const at = joinPath(path, issue.path);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const message = `unknown property ${key}`;
        problems.push({ path: joinPath(at, [key]), rule: 'unknown-property', code: codes.malformed, message });
      }
    } else {
      const code = at.includes('.chart_spec') ? codes.chart : codes.malformed;
      problems.push({ path: at, rule: code === codes.chart ? 'chart' : 'shape', code, message: issue.message });
    }
  }
  return false;
}

function joinPath(path: string, keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (joined, key) =>
      typeof key === 'number' ? `${joined}[${key}]` : joined ? `${joined}.${String(key)}` : String(key),
    path,
  );
}

/** How many tagged things stand in `value`; tells every element_id. What the program itself put in (values, data) is left out. */
function countTagged(value: unknown, tell: (elementId: string, path: string) => void, path = ''): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, item, i) => sum + countTagged(item, tell, `${path}[${i}]`), 0);
  if (!isRecord(value)) return 0;
  let count = typeof value.tag === 'string' ? 1 : 0;
  if (typeof value.element_id === 'string') tell(value.element_id, path);
  for (const key in value) {
    if (key === 'value' || key === 'rows' || key === 'chart_spec') continue;
    const child = value[key];
    if (typeof child === 'object' && child !== null) count += countTagged(child, tell, path ? `${path}.${key}` : key);
  }
  return count;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
