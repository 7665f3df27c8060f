/** Reads the card templates and their samples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from '../basics/errors.ts';
import { FeatureColor } from './assemble.ts';
import type { CardForm } from './form.ts';

/** A card template: JSON in the template language json-e. `file` is for people to find it. */
export type Template = {
  feature: string;
  card: string;
  file: string;
  color: FeatureColor;
  json: unknown;
  form?: CardForm | undefined;
};

/** All templates of a directory by `<feature>/<card>`, and the colour of each feature. */
export type Templates = ReadonlyMap<string, Template> & { colorOf: (feature: string) => FeatureColor };

const Variables = z.record(z.string(), z.unknown());
const Samples = z.union([Variables.transform((one) => [one]), z.array(Variables).min(1)]);
const Colors = z.record(z.string(), FeatureColor);

/**
 * Reads `<directory>/<feature>/<card>.json` and `colors.json` once; `formOf` gives the form whose fields a template places. Throws
 * `StartError` for a file that cannot be read.
 */
export function loadTemplates(
  directory: string,
  formOf: (feature: string, card: string) => CardForm | undefined = () => undefined,
): Templates {
  const colors = read(join(directory, 'colors.json'), Colors);
  const colorOf = (feature: string) => colors[feature] ?? 'blue';
  const templates = new Map<string, Template>();
  for (const folder of readdirSync(directory, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const feature = folder.name;
    for (const name of readdirSync(join(directory, feature)).sort()) {
      if (!name.endsWith('.json') || name.endsWith('.sample.json')) continue;
      const card = basename(name, '.json');
      const file = join(directory, feature, name);
      templates.set(`${feature}/${card}`, {
        feature,
        card,
        file,
        color: colorOf(feature),
        json: read(file, z.unknown()),
        form: formOf(feature, card),
      });
    }
  }
  return Object.assign(templates, { colorOf });
}

/** The template that a card of `feature` names: its own, or `<folder>/<card>` of another. */
export function templateOf(templates: Templates, feature: string, card: string): Template | undefined {
  return templates.get(card.includes('/') ? card : `${feature}/${card}`);
}

/**
 * The sample variables of a card, from `<card>.sample.json`: one object, or an array with one for each state
 * of the card. None when the file is missing; throws `StartError` when it cannot be read.
 */
export function readSamples(template: Template): Record<string, unknown>[] {
  const file = template.file.replace(/\.json$/, '.sample.json');
  return existsSync(file) ? read(file, Samples) : [];
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new StartError(`${relative(process.cwd(), file)} cannot be read: ${why}`);
  }
}
