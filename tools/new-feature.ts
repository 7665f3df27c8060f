/**
 * Writes a feature that works, to be changed into what is wanted: `npm run new-feature umbrellas 借伞`. The texts are those of
 * `tools/skeleton`; CONTRIBUTING.md says how to go on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIST = 'src/features/index.ts';

const [name = '', word = name] = argv.slice(2);
if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name) || !/^[\p{Letter}\d-]{1,12}$/u.test(word)) {
  console.error(
    'Give the feature a name in kebab-case and the word that people type: npm run new-feature umbrellas 借伞',
  );
  exit(1);
}
const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const names: Record<string, string> = {
  NAME: name,
  WORD: word,
  CAMEL: camel,
  PASCAL: camel.replace(/^./, (letter) => letter.toUpperCase()),
  KEY: camel === name ? name : `'${name}'`,
  TABLE: name.replaceAll('-', '_'),
};
const skeleton: [file: string, text: string][] = [
  ...['index', 'handlers', 'rules', 'queries', 'cards', 'schema'].map((file): [string, string] => [
    `src/features/${name}/${file}.ts`,
    `${file}.ts`,
  ]),
  [`cards/${name}/${name}.json`, 'card.json'],
  [`cards/${name}/${name}.sample.json`, 'card.sample.json'],
  [`prisma/schema/${name}.prisma`, 'schema.prisma'],
  [`test/features/${name}.test.ts`, 'test.ts'],
];
const there = skeleton.map(([file]) => file).filter((file) => existsSync(join(ROOT, file)));
if (there.length > 0) {
  console.error(`There is something of this name already: ${there.join(', ')}`);
  exit(1);
}

for (const [file, text] of skeleton) {
  const filled = readFileSync(join(ROOT, 'tools/skeleton', `${text}.txt`), 'utf8').replaceAll(
    /NAME|WORD|CAMEL|PASCAL|KEY|TABLE/g,
    (hole) => names[hole] ?? hole,
  );
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), filled);
}
const list = readFileSync(join(ROOT, LIST), 'utf8')
  .replace(/\n\n/, `\nimport { ${camel} } from './${name}/index.ts';\n\n`)
  .replace(/(const work = \[[^\]]*?),?\s*\];/, `$1, ${camel}];`);
writeFileSync(join(ROOT, LIST), list);
const written = [...skeleton.map(([file]) => file), LIST];
const biome = ['biome', 'check', '--write', '--log-level=error', ...written];
const formatted = spawnSync('npx', biome, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
console.log(`Written:\n${written.map((file) => `  ${file}`).join('\n')}`);
console.log(`\nNext: npm run migration -- ${name}, npx vitest run test/features/${name}.test.ts, then CONTRIBUTING.md`);
exit(formatted.status ?? 1);
