/** Finds what is wrong with the card templates before anybody is sent one. */
import { checkCard } from '../card-json/check.ts';
import type { CardJson } from '../card-json/structure.ts';
import { findBareMarkdown, findLeakedMarkdown, markdownTexts } from './markdown-rule.ts';
import { PressAddress } from './press.ts';
import { fillTemplate, renderTemplate } from './render.ts';
import { readSamples, type Template, type Templates } from './templates.ts';
import { variablesWithoutSample } from './variables.ts';
import { isRecord, walk } from './walk.ts';

/** Something to mend in the template `file`; `path` leads there in the template, or in the card rendered from its sample. */
export type TemplateProblem = { file: string; path: string; rule: string; message: string };

const MAX_TITLE_LENGTH = 16;
const MAX_FACTS = 5;
const MAX_BUTTONS = 3;

type Tell = (path: string, rule: string, message: string) => void;

/**
 * All problems of all templates: markdown, samples, variables, Card JSON 2.0, the house's own rules, and presses of a button that there
 * is not, as far as `isButton` is given.
 */
export function checkTemplates(templates: Templates, isButton: IsButton = () => true): TemplateProblem[] {
  return [...templates.values()].flatMap((template) => checkTemplate(template, isButton));
}

/** Whether a feature has the button `<feature>/<button>`. */
type IsButton = (press: string) => boolean;

function checkTemplate(template: Template, isButton: IsButton): TemplateProblem[] {
  const problems = new Map<string, TemplateProblem>();
  const tell: Tell = (path, rule, message) => {
    problems.set([path, rule, message].join(' '), { file: template.file, path, rule, message });
  };
  for (const { path, message } of findBareMarkdown(template)) tell(path, 'md', message);
  const samples = readSamples(template);
  walk(template.json, (value, path) => {
    const press = isRecord(value) ? value.press : undefined;
    if (isAddress(press) && !isButton(press)) tell(`${path}.press`, 'press', `no feature has the button ${press}`);
  });
  for (const name of variablesWithoutSample(template, samples))
    tell('', 'variable', `uses ${name}, which no sample in ${template.card}.sample.json gives`);
  if (samples.length === 0) tell('', 'sample', `needs sample data in ${template.card}.sample.json`);
  for (const sample of samples) {
    try {
      checkPlan(fillTemplate(template, sample), tell);
      const card = renderTemplate(template, sample);
      for (const { path, rule, message } of checkCard(card)) tell(path, rule, message);
      checkHouseRules(card, tell);
      for (const { path, message } of findLeakedMarkdown(template, sample)) tell(path, 'md', message);
    } catch (error) {
      tell('', 'render', (error as Error).message.replaceAll(/\s*\n\s*/g, ' '));
    }
  }
  return [...problems.values()];
}

/** Counts what a reader can take in at a glance. */
function checkPlan(plan: unknown, tell: Tell): void {
  walk(plan, (value, path) => {
    if (!isRecord(value)) return;
    const { part, rows, buttons } = value;
    if (part === 'facts' && Array.isArray(rows) && rows.length > MAX_FACTS) {
      tell(path, 'facts', `has ${rows.length} rows, at most ${MAX_FACTS}: put the rest in a panel`);
    }
    if ((part === 'buttons' || part === 'submit') && Array.isArray(buttons) && buttons.length > MAX_BUTTONS) {
      tell(path, 'buttons', `has ${buttons.length} buttons, at most ${MAX_BUTTONS}`);
    }
  });
}

function checkHouseRules(card: CardJson, tell: Tell): void {
  const title = [...(card.header?.title.content ?? '')].length;
  if (title > MAX_TITLE_LENGTH) tell('header.title', 'title', `has ${title} characters, at most ${MAX_TITLE_LENGTH}`);
  for (const { path, text } of markdownTexts(card)) {
    if (/<at\s+id\s*=\s*['"]?all/i.test(text)) tell(path, 'mention', 'calls everybody: a card never does');
  }
  let primaries = 0;
  walk(card, (value, path) => {
    if (!isRecord(value)) return;
    if (value.tag === 'button' && ['primary', 'primary_filled'].includes(String(value.type))) primaries++;
    checkPress(value, path, tell);
  });
  if (primaries > 1) tell('body', 'primary', `has ${primaries} primary buttons, at most one`);
}

/** Every press must find its way back: in a callback's value, or in the name of a submit button. */
function checkPress(value: Record<string, unknown>, path: string, tell: Tell): void {
  if (value.type === 'callback' && path.includes('.behaviors[')) {
    const press = isRecord(value.value) ? value.value.press : undefined;
    if (!isAddress(press)) tell(`${path}.value.press`, 'press', 'must name <feature>/<button>');
    if (isRecord(value.value) && 'd' in value.value)
      tell(`${path}.value.d`, 'press', 'd is taken: the outbox writes it');
  }
  if (value.tag !== 'button') return;
  if (value.form_action_type === 'submit') {
    const [address, query] = String(value.name).split('?');
    if (!isAddress(address))
      tell(`${path}.name`, 'press', 'must be <feature>/<button> or <feature>/<button>?key=value');
    if (new URLSearchParams(query).has('d')) tell(`${path}.name`, 'press', 'd is taken: the outbox writes it');
    if (value.behaviors !== undefined) tell(`${path}.behaviors`, 'press', 'a submit button carries no behaviours');
  } else if (value.form_action_type === undefined && value.behaviors === undefined && value.disabled !== true) {
    tell(path, 'press', 'does nothing when it is pressed');
  }
}

function isAddress(press: unknown): press is string {
  return PressAddress.safeParse(press).success;
}
