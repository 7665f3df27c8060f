/** Template and variables → card. */
import jsone from 'json-e';
import { z } from 'zod';
import type { CardJson } from '../card-json/structure.ts';
import { assembleCard } from './assemble.ts';
import { md } from './escape.ts';
import { drawForm } from './form.ts';
import { type Template, type Templates, templateOf } from './templates.ts';

/**
 * The finished card of a feature, a fresh object at each call, in the feature's colour; `publication/progress` is a template that several
 * features share. Throws as `renderTemplate` does, and when there is no such template.
 */
export function renderCard(
  templates: Templates,
  feature: string,
  card: string,
  variables: Record<string, unknown>,
): CardJson {
  const template = templateOf(templates, feature, card);
  if (!template) throw new Error(`there is no card template ${feature}/${card}`);
  return renderTemplate({ ...template, color: templates.colorOf(feature) }, variables);
}

/**
 * The finished card. Throws an error that names the template when template and variables do not fit;
 * `npm run cards` finds such a template before anybody is sent it.
 */
export function renderTemplate(template: Template, variables: Record<string, unknown>): CardJson {
  try {
    return assembleCard(fillTemplate(template, variables), template.color);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`the card ${template.feature}/${template.card} cannot be rendered: ${why}`, { cause: error });
  }
}

/** The template with its variables filled in, its parts not yet in place. Throws what json-e throws. */
export function fillTemplate(template: Template, variables: Record<string, unknown>): unknown {
  return jsone(template.json as Record<string, unknown>, { ...drawForm(template.form, variables), md });
}
