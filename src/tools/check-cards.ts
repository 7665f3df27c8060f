/** `npm run cards`: checks every card template and prints what is to be mended. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../basics/errors.ts';
import { checkTemplates } from '../cards/check-templates.ts';
import { loadTemplates } from '../cards/templates.ts';
import { declared } from '../declared.ts';
import { createRegistry } from '../turn/registry.ts';

const directory = process.argv[2] ?? fileURLToPath(new URL('../../cards', import.meta.url));

try {
  const registry = createRegistry(declared);
  const templates = loadTemplates(directory, registry.form);
  const problems = checkTemplates(templates, (press) => registry.button(press) !== undefined);
  for (const { file, path, rule, message } of problems) {
    console.log([relative(process.cwd(), file), path || 'card', rule, message].join(' '));
  }
  console.log(`${templates.size} cards checked, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
