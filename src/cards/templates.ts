/** Reads the card templates and their samples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { FeatureColor } from './assemble.ts';

/** A card template: JSON in the template language json-e. `file` is for people to find it. */
export type Template = { feature: string; card: string; file: string; color: FeatureColor; json: unknown };

/** All templates of a directory by `<feature>/<card>`. */
export type Templates = ReadonlyMap<string, Template>;

const Variables = z.record(z.string(), z.unknown());
const Samples = z.union([Variables.transform((one) => [one]), z.array(Variables).min(1)]);
const Colors = z.record(z.string(), FeatureColor);

/** Reads `<directory>/<feature>/<card>.json` and `colors.json` once. Throws `StartError` for a file that cannot be read. */
export function loadTemplates(directory: string): Templates {
  const colors = read(join(directory, 'colors.json'), Colors);
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
        color: colors[feature] ?? 'blue',
        json: read(file, z.unknown()),
      });
    }
  }
  return templates;
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
