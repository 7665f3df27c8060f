/** The rules for one component that its shape alone does not tell: where it may stand, its name, its options, its links. */
import type { Table } from './content.ts';
import { codes, type Problem } from './problem.ts';

/** Where a component stands: inside a form or not, and in how many containers. */
export type Place = { inForm: boolean; depth: number };

/** What the rules know of the rest of the card. */
export type Seen = { problems: Problem[]; names: Set<string> };

/** Everything that takes an input, and so needs a name in a form. */
const inputs = new Set([
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'select_img',
]);
const onlyAtRoot = new Set(['form', 'table']);
const onlyInForm = new Set(['multi_select_static', 'multi_select_person']);

/** Adds the problems of one component of good shape. Notes its name. */
export function checkRules(element: Record<string, unknown>, path: string, place: Place, seen: Seen): void {
  const tag = String(element.tag);
  const add = (at: string, rule: string, message: string, code: number = codes.malformed) =>
    seen.problems.push({ path: path + at, rule, code, message });

  if (place.depth > 0 && onlyAtRoot.has(tag)) add('', 'only-at-root', `${tag} may only stand at the root of the card`);
  if (!place.inForm && (onlyInForm.has(tag) || (tag === 'select_img' && element.multi_select === true))) {
    add('', 'only-in-form', `${tag} with several choices may only stand in a form`);
  }
  if (!place.inForm && element.required === true) add('.required', 'only-in-form', 'required counts in a form only');
  if (!place.inForm && element.form_action_type !== undefined) {
    add('.form_action_type', 'only-in-form', 'there is no form around this button');
  }
  if (place.inForm && inputs.has(tag) && element.name === undefined) {
    add('', 'form-name', `${tag} in a form needs a name`, codes.unnamed);
  }
  if ((place.inForm || tag === 'form') && typeof element.name === 'string') {
    if (seen.names.has(element.name)) {
      add('.name', 'duplicate-name', `the name ${element.name} stands twice in the card`, codes.unnamed);
    }
    seen.names.add(element.name);
  }
  if (tag === 'table') checkCells(element as unknown as Table, path, seen.problems);
  if (Array.isArray(element.options)) checkOptions(element.options, path, seen.problems);
  if (typeof element.content === 'string') checkLinks(element.content, `${path}.content`, seen.problems);
  if (tag === 'div' || tag === 'checker') checkLarkMd(element.text, `${path}.text`, seen.problems);
}

function checkLarkMd(text: unknown, path: string, problems: Problem[]): void {
  const { tag, content } = (text ?? {}) as { tag?: string; content?: string };
  if (tag === 'lark_md' && content !== undefined) checkLinks(content, `${path}.content`, problems);
}

/** Values of one selector must differ, else nobody can tell what was chosen. */
function checkOptions(options: unknown[], path: string, problems: Problem[]): void {
  const values = new Set<unknown>();
  options.forEach((option, index) => {
    const value = (option as { value?: unknown }).value;
    if (value !== undefined && values.has(value)) {
      const message = `the value ${String(value)} stands twice in the options`;
      problems.push({
        path: `${path}.options[${index}].value`,
        rule: 'duplicate-option',
        code: codes.malformed,
        message,
      });
    }
    values.add(value);
  });
}

/** Links of markdown jump to http and https, images and telephone numbers only. */
function checkLinks(markdown: string, path: string, problems: Problem[]): void {
  for (const [, target = ''] of markdown.matchAll(
    /(?:\]\(\s*|\b(?:href|url)\s*=\s*['"]?)([a-z][a-z\d+.-]*:[^)\s'">]*)/gi,
  )) {
    if (/^(https?|tel):\/\//i.test(target)) continue;
    problems.push({ path, rule: 'link', code: codes.malformed, message: `${target} is not an http or https link` });
  }
}

type CellCheck = (value: unknown) => boolean;
const isNumber: CellCheck = (value) => typeof value === 'number';
const isScalar: CellCheck = (value) => typeof value !== 'object';
const cellChecks: Record<Table['columns'][number]['data_type'], CellCheck> = {
  text: isScalar,
  lark_md: isScalar,
  markdown: isScalar,
  number: isNumber,
  date: isNumber,
  persons: (value) => [value].flat().every((id) => typeof id === 'string'),
  options: (value) =>
    typeof value === 'string' || (Array.isArray(value) && value.every((tag) => typeof tag?.text === 'string')),
};

/** A cell's value fits the type of its column. `/content-components/table`. */
function checkCells(table: Table, path: string, problems: Problem[]): void {
  for (const { name, data_type } of table.columns) {
    table.rows.forEach((row, index) => {
      const value = row[name];
      if (value === undefined || value === null || cellChecks[data_type](value)) return;
      const message = `is not a value for a column of type ${data_type}`;
      problems.push({ path: `${path}.rows[${index}].${name}`, rule: 'table-cell', code: codes.table, message });
    });
  }
}
