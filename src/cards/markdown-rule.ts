/** What people typed reaches markdown only through `md()`: checked in the template's text and by trying it. */
import { renderTemplate } from './render.ts';
import type { Template } from './templates.ts';
import { isRecord, walk } from './walk.ts';

export type MarkdownProblem = { path: string; message: string };

const isMarkdownTag = (tag: unknown) => tag === 'markdown' || tag === 'lark_md';
/** Calls everybody, if it is not escaped. */
const hostile = '<at id=all></at>';

/** In `markdown` and `lark_md`, content must be a text in which every `${…}` is `${md(…)}`; a tag must be written out. */
export function findBareMarkdown(template: Template): MarkdownProblem[] {
  const problems: MarkdownProblem[] = [];
  walk(template.json, (value, path) => {
    if (!isRecord(value)) return;
    if ('tag' in value && (typeof value.tag !== 'string' || value.tag.includes('${'))) {
      problems.push({ path: `${path}.tag`, message: 'write the tag out: it decides whether the text is markdown' });
    }
    if (!isMarkdownTag(value.tag) || value.content === undefined) return;
    const bare = typeof value.content === 'string' ? findBareExpressions(value.content) : ['an operator'];
    for (const expression of bare) {
      problems.push({ path: `${path}.content`, message: `write \${md(…)} instead of ${expression}` });
    }
  });
  return problems;
}

/** Puts a mention of everybody into each text of the sample in turn, and tells where it comes out as a mention. */
export function findLeakedMarkdown(template: Template, sample: Record<string, unknown>): MarkdownProblem[] {
  const problems: MarkdownProblem[] = [];
  walk(sample, (value, at) => {
    if (typeof value !== 'string') return;
    for (const { path, text } of markdownTexts(renderOrSkip(template, replaceAt(sample, at, value + hostile)))) {
      if (text.includes(hostile)) problems.push({ path, message: `shows ${at} as markup: write \${md(…)}` });
    }
  });
  return problems;
}

/** Every text of a card that is read as markdown: contents, and cells of markdown columns. */
export function markdownTexts(card: unknown): { path: string; text: string }[] {
  const texts: { path: string; text: string }[] = [];
  walk(card, (value, path) => {
    if (!isRecord(value)) return;
    if (isMarkdownTag(value.tag)) texts.push({ path: `${path}.content`, text: String(value.content) });
    if (value.tag !== 'table' || !Array.isArray(value.columns) || !Array.isArray(value.rows)) return;
    for (const column of value.columns.filter((column) => isMarkdownTag(column.data_type))) {
      value.rows.forEach((row, index) => {
        texts.push({ path: `${path}.rows[${index}].${column.name}`, text: String(row[column.name]) });
      });
    }
  });
  return texts;
}

function findBareExpressions(content: string): string[] {
  const expressions = [...content.matchAll(/(?<!\$)\$\{([^}]*)\}?/g)];
  return expressions.filter(([, inside = '']) => !isMdCall(inside.trim())).map(([whole]) => whole);
}

/** Whether the expression is one call of `md` and nothing around it: `md(a) + b` is not. */
function isMdCall(expression: string): boolean {
  if (!expression.startsWith('md(')) return false;
  let open = 0;
  for (let index = 2; index < expression.length; index++) {
    if (expression[index] === '(') open++;
    if (expression[index] === ')' && --open === 0) return index === expression.length - 1;
  }
  return false;
}

/** A text that decides something (a state) cannot be changed without breaking the card: such a try tells nothing. */
function renderOrSkip(template: Template, variables: Record<string, unknown>): unknown {
  try {
    return renderTemplate(template, variables);
  } catch {
    return undefined;
  }
}

function replaceAt(sample: Record<string, unknown>, at: string, text: string): Record<string, unknown> {
  const rebuild = (value: unknown, path: string): unknown => {
    if (path === at) return text;
    if (Array.isArray(value)) return value.map((item, index) => rebuild(item, `${path}[${index}]`));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, rebuild(item, path ? `${path}.${key}` : key)]),
    );
  };
  return rebuild(sample, '') as Record<string, unknown>;
}
