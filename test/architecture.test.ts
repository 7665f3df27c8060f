/** The walls of the house: who may import whom, and what a feature must bring. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { features } from '../src/features/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** What each room may import besides itself. `main` and `app` put things together; what is not named here may import nothing. */
const MAY_IMPORT: Record<string, string[]> = {
  main: ['app', 'config', 'errors', 'log', 'sample'],
  sample: ['app', 'clock', 'config', 'emulator', 'errors', 'log', 'people', 'storage'],
  config: ['errors'],
  feature: ['calendar', 'digest-section', 'list', 'log', 'people', 'storage'],
  nudge: ['calendar', 'feature'],
  list: ['calendar', 'feature', 'people', 'sheets'],
  'digest-section': ['calendar', 'storage'],
  calendar: [],
  'card-json': [],
  cards: ['card-json', 'errors'],
  emulator: ['clock', 'card-json'],
  features: [
    'digest-section',
    'feature',
    'list',
    'nudge',
    'people',
    'storage',
    'cards',
    'errors',
    'clock',
    'calendar',
    'sheets',
  ],
  http: ['clock', 'errors', 'queue', 'storage'],
  inbox: ['calendar', 'clock', 'errors', 'feature', 'log', 'messenger', 'outbox', 'people', 'storage'],
  log: [],
  messenger: ['clock', 'log'],
  outbox: ['calendar', 'clock', 'feature', 'inbox', 'log', 'messenger', 'queue', 'storage'],
  people: ['calendar', 'clock', 'errors', 'feature', 'log', 'messenger', 'storage'],
  queue: ['errors', 'log'],
  schedule: ['calendar', 'clock', 'feature', 'inbox', 'log', 'people', 'queue', 'storage'],
  sheets: ['calendar', 'errors'],
  storage: ['errors', 'log', 'clock'],
  clock: [],
  errors: [],
};

/** Packages that one room keeps to itself. */
const KEPT_BY: Record<string, string[]> = {
  '@larksuiteoapi/node-sdk': ['messenger'],
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
  pino: ['log'],
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
        ...(/new Date\(\)|Date\.now\(\)/.test(text) && roomOf(file) !== 'clock'
          ? [`${relative(ROOT, file)} takes the time itself`]
          : []),
      ];
    });
    expect(wrong).toEqual([]);
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
    const missing = [
      ...(existsSync(join(ROOT, 'test', 'features', `${folder}.test.ts`)) ? [] : [`test/features/${folder}.test.ts`]),
      ...Object.keys(feature?.cards ?? {}).filter((card) => !cards.some((file) => file.startsWith(card))),
      ...cards.filter(
        (file) => !file.endsWith('.sample.json') && !cards.includes(file.replace('.json', '.sample.json')),
      ),
    ];
    expect(missing).toEqual([]);
  });

  it('has a button behind every press that its cards name, and a permission on each', () => {
    const buttons = new Set(
      features.flatMap(({ name, buttons = {} }) => Object.keys(buttons).map((button) => `${name}/${button}`)),
    );
    const pressed = listFiles(join(ROOT, 'cards'))
      .filter((file) => !file.endsWith('.sample.json'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/"press": "([a-z-]+\/[a-z-]+)"/g)].map(([, name]) => name ?? ''),
      );
    expect(pressed.filter((name) => !buttons.has(name))).toEqual([]);
    expect(pressed.length).toBeGreaterThan(10);
  });
});

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
