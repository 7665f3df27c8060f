/** `npm run cards`: checks every card template and prints what is to be mended. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../errors.ts';
import { checkTemplates } from './check-templates.ts';
import { loadTemplates } from './templates.ts';

const directory = process.argv[2] ?? fileURLToPath(new URL('../../cards', import.meta.url));

try {
  const templates = loadTemplates(directory);
  const problems = checkTemplates(templates);
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
