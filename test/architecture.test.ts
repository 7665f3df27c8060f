/** The walls of the house: who may import whom, and what a feature must bring. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { declared } from '../src/declared.ts';
import { features } from '../src/features/index.ts';
import { findCircles } from './support/find-circles.ts';
import { findIgnoredAnswers, findUnaskedWrites } from './support/ignored-answers.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** What each room may import besides itself. `main` and `app` put things together; what is not named here may import nothing. */
const MAY_IMPORT: Record<string, string[]> = {
  adviser: ['basics', 'reading'],
  basics: [],
  tools: ['basics', 'calendar', 'cards', 'config', 'declared', 'features', 'storage', 'turn'],
  trace: ['storage'],
  declared: ['feature', 'features', 'inbox', 'outbox', 'people', 'schedule'],
  main: ['app', 'basics', 'config', 'features', 'sample'],
  sample: ['app', 'basics', 'config', 'emulator', 'own-database', 'people', 'storage'],
  'own-database': ['basics', 'config', 'storage'],
  config: ['basics', 'settings'],
  delivery: ['storage'],
  feature: [
    'basics',
    'calendar',
    'cards',
    'delivery',
    'digest-section',
    'list',
    'people',
    'reading',
    'reply',
    'settings',
    'sight',
    'storage',
    'turn',
  ],
  pager: ['feature', 'reply', 'sight'],
  reply: [],
  settings: [],
  sight: ['people', 'storage'],
  list: ['calendar', 'feature', 'people', 'sheets'],
  'digest-section': ['calendar', 'storage'],
  calendar: ['basics'],
  'card-json': [],
  cards: ['basics', 'card-json'],
  emulator: ['basics', 'card-json'],
  features: [
    'misheard',
    'reading',
    'pager',
    'basics',
    'calendar',
    'cards',
    'delivery',
    'digest-section',
    'feature',
    'list',
    'people',
    'publication',
    'sheets',
    'sight',
    'storage',
    'trace',
  ],
  http: ['basics', 'misheard', 'queue', 'storage'],
  inbox: [
    'adviser',
    'basics',
    'calendar',
    'feature',
    'messenger',
    'misheard',
    'outbox',
    'people',
    'sight',
    'storage',
    'turn',
    'reading',
  ],
  messenger: ['basics'],
  misheard: ['basics', 'storage'],
  outbox: ['delivery', 'basics', 'calendar', 'feature', 'messenger', 'people', 'queue', 'sight', 'storage', 'turn'],
  people: ['basics', 'calendar', 'cards', 'feature', 'messenger', 'sight', 'storage'],
  publication: [
    'delivery',
    'misheard',
    'reading',
    'basics',
    'calendar',
    'cards',
    'digest-section',
    'feature',
    'people',
    'sight',
    'storage',
  ],
  queue: ['basics', 'storage'],
  reading: ['basics', 'calendar'],
  schedule: ['basics', 'calendar', 'feature', 'people', 'queue', 'sight', 'storage', 'turn'],
  sheets: ['basics', 'calendar'],
  storage: ['basics'],
  turn: ['basics', 'calendar', 'cards', 'delivery', 'feature', 'people', 'settings', 'storage'],
};

/** Packages that one room keeps to itself. */
const KEPT_BY: Record<string, string[]> = {
  '@larksuiteoapi/node-sdk': ['messenger'],
  openai: ['adviser'],
  bullmq: ['queue', 'http'],
  ioredis: ['queue'],
  'node-cron': ['schedule'],
  'cron-parser': ['schedule'],
  express: ['http', 'messenger', 'emulator'],
  pg: ['storage'],
  '@prisma/adapter-pg': ['storage'],
  exceljs: ['sheets'],
  saxes: ['sheets'],
  'json-e': ['cards'],
  'ts-fsrs': ['features'],
  docx: ['features'],
  tyme4ts: ['calendar'],
  pino: ['basics'],
};

const files = listFiles(SRC).filter((file) => !file.includes('/generated/') && !file.includes('/emulator/page/'));

describe('the rooms', () => {
  it('import only what they may', () => {
    const wrong = files.flatMap((file) => {
      const room = roomOf(file);
      if (room === 'app') return [];
      const allowed = new Set([room, ...(MAY_IMPORT[room] ?? [])]);
      return importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(resolve(dirname(file), name)))
        .filter((target) => target.startsWith('..') === false && !allowed.has(target))
        .map((target) => `${relative(ROOT, file)} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keep their packages to themselves', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => KEPT_BY[packageOf(name)] && !KEPT_BY[packageOf(name)]?.includes(roomOf(file)))
        .map((name) => `${relative(ROOT, file)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('take settings from config and the time from the clock', () => {
    const wrong = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [
        ...(/process\.env\b/.test(text) && roomOf(file) !== 'config'
          ? [`${relative(ROOT, file)} reads the environment`]
          : []),
        ...(/new Date\(\)|Date\.now\(\)/.test(text) && relative(SRC, file) !== 'basics/clock.ts'
          ? [`${relative(ROOT, file)} takes the time itself`]
          : []),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('have no circles between their files, but for types', () => {
    expect(findCircles(listFiles(SRC).filter((file) => !file.includes('/generated/')))).toEqual([]);
  });

  it('hold at most fifteen files a folder, and so do the tests', () => {
    const sources = ['src', 'test', 'tools', 'prisma']
      .flatMap((folder) => listFiles(join(ROOT, folder)))
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/'));
    const folders = new Set(sources.map((file) => dirname(file)));
    const full = [...folders].filter((folder) => sources.filter((file) => dirname(file) === folder).length > 15);
    expect(full.map((folder) => relative(ROOT, folder))).toEqual([]);
  });

  it('open each file with what it is for, and keep it short', () => {
    const unexplained = files.filter((file) => !readFileSync(file, 'utf8').startsWith('/**'));
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
    expect({ unexplained, long }).toEqual({ unexplained: [], long: [] });
  });
});

describe('a feature', () => {
  const folders = readdirSync(join(SRC, 'features')).filter((name) =>
    statSync(join(SRC, 'features', name)).isDirectory(),
  );

  it('is listed under the name of its folder', () => {
    expect(features.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it.each(folders)('%s imports no other feature', (folder) => {
    const wrong = listFiles(join(SRC, 'features', folder)).flatMap((file) =>
      importsOf(file).filter((name) => {
        const target = relative(join(SRC, 'features'), resolve(dirname(file), name));
        return name.startsWith('.') && !target.startsWith('..') && !target.startsWith(folder);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each(folders)('%s has a test, and a template with a sample for each of its cards', (folder) => {
    const feature = features.find(({ name }) => name === folder);
    const cards = readdirSync(join(ROOT, 'cards'), { withFileTypes: true }).some((entry) => entry.name === folder)
      ? readdirSync(join(ROOT, 'cards', folder))
      : [];
    const owners = new Set(
      cards.filter((file) => !file.endsWith('.sample.json')).map((file) => ownerOf(file, feature)),
    );
    const tests = [`test/features/${folder}.test.ts`, `test/features/${folder}/${folder}.test.ts`];
    const missing = [
      ...(tests.some((test) => existsSync(join(ROOT, test))) ? [] : [tests[0]]),
      ...Object.entries(feature?.cards ?? {})
        .filter(([card, { templates }]) => !owners.has(card) && templates.length === 0)
        .map(([card]) => `cards/${folder}/${card}.json`),
      ...cards.filter(
        (file) => !file.endsWith('.sample.json') && !cards.includes(file.replace('.json', '.sample.json')),
      ),
    ];
    expect(missing).toEqual([]);
  });

  it('has a button behind every press that its cards name, and a permission on each', () => {
    const buttons = new Set(
      declared.flatMap(({ name, buttons = {} }) => Object.keys(buttons).map((button) => `${name}/${button}`)),
    );
    const publishing = features.filter(({ cards = {} }) => 'progress' in cards && 'extend' in cards);
    const pressed = listFiles(join(ROOT, 'cards'))
      .filter((file) => !file.endsWith('.sample.json'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/"press": "([a-z-]+|\$\{feature\})(\/[a-z-]+)"/g)].flatMap(
          ([, feature = '', button]) =>
            feature.startsWith('$') ? publishing.map(({ name }) => `${name}${button}`) : [`${feature}${button}`],
        ),
      );
    expect(publishing.length).toBeGreaterThan(0);
    expect(pressed.filter((name) => !buttons.has(name))).toEqual([]);
    expect(pressed.length).toBeGreaterThan(10);
  });
});

describe('a write that somebody else may have come before', () => {
  const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const ofMatters = new Map([...sources].filter(([file]) => ['features', 'publication'].includes(roomOf(file))));

  it('is asked whether it was made', () => {
    expect(findIgnoredAnswers(sources)).toEqual([]);
    expect(findUnaskedWrites(ofMatters)).toEqual([]);
  });

  it('is found where nobody asks', () => {
    const queries = `export async function move(db: Transaction, id: string): Promise<boolean> {\n  return true;\n}
export async function note(db: Transaction): Promise<void> {\n  await db.sql\`UPDATE a SET b = 1 WHERE id = \${1} AND state = 'draft'\`;\n}
export async function find(db: Reader): Promise<{ id: string } | undefined> {\n  await db.models.a.updateMany({ where: { id, state: 'draft' }, data });\n}`;
    const handlers = `import * as queries from './queries.ts';\nimport { move as shift } from './queries.ts';
async function end() {\n  if (is) await queries.move(db, id);\n  await shift(db, id);\n  // And\n  await queries.find(db);
  const kept = await queries.move(db, id);\n  await queries.note(db);\n  if (!(await shift(db, id))) return;\n}`;
    const made = new Map([
      ['/a/queries.ts', queries],
      ['/a/handlers.ts', handlers],
    ]);
    expect(findIgnoredAnswers(made)).toEqual(
      ['queries.move', 'shift', 'queries.find'].map((call) => `/a/handlers.ts: ${call}`),
    );
    expect(findUnaskedWrites(made)).toEqual([
      expect.stringContaining('UPDATE a SET b = 1'),
      "/a/queries.ts: { where: { id, state: 'draft' }, data }",
    ]);
  });
});

/** The one card whose template a file is: of `lend` and `lend-back` the longer name that it begins with. */
function ownerOf(file: string, feature: (typeof features)[number] | undefined): string | undefined {
  const template = file.replace('.json', '');
  return Object.keys(feature?.cards ?? {})
    .filter((card) => template === card || template.startsWith(`${card}-`))
    .sort((a, b) => b.length - a.length)[0];
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? listFiles(path) : /\.(ts|tsx|json)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, name]) => name ?? '');
}

/** The folder under `src`, or the file's own name where it stands in no folder. */
function roomOf(path: string): string {
  const [room = ''] = relative(SRC, path).split('/');
  return room.replace(/\.ts$/, '');
}

function packageOf(name: string): string {
  return name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? '');
}
