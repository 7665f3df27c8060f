/** Which settings may stand together: above all, where the emulator may stand in Feishu's place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StartError } from '../src/basics/errors.ts';
import { HOUSE_VARIABLES, readConfig } from '../src/config.ts';
import { declared } from '../src/declared.ts';

const APP = { FEISHU_APP_ID: 'cli_00000000000000fa', FEISHU_APP_SECRET: 'secret', FEISHU_EVENTS: 'long-connection' };
const DATABASE_URL = 'postgresql://bot:secret@db.example/jingxin';

describe('the emulator', () => {
  it.each<Record<string, string>>([
    {},
    ...['127.0.0.1', '127.8.9.10', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost', 'LocalHost'].map(
      (HOST) => ({ HOST }),
    ),
    { EMULATOR: 'on' },
    { EMULATOR: 'on', DATABASE_URL },
    { EMULATOR: 'on', HOST: '0.0.0.0' },
  ])('starts with %j', (settings) => {
    expect(readConfig([], settings)).toMatchObject(settings);
  });

  it.each<Record<string, string>>([
    { DATABASE_URL },
    { DATABASE_URL, EMULATOR: '' },
    ...['0.0.0.0', '::', '10.0.0.7', '128.0.0.1', '::2', '::ffff:10.0.0.7', 'bot.example', 'localhost.example'].map(
      (HOST) => ({ HOST }),
    ),
    { DATABASE_URL, HOST: '0.0.0.0' },
  ])('is not started unasked with %j', (settings) => {
    expect(() => readConfig([], settings)).toThrow(StartError);
    expect(() => readConfig([], settings)).toThrow(/FEISHU_APP_ID is needed .*Set EMULATOR=on if/);
  });

  it('takes no other word for its switch', () => {
    expect(() => readConfig([], { EMULATOR: 'true' })).toThrow(/EMULATOR must be on, or not be set/);
  });
});

describe('the credentials of an app', () => {
  it.each<Record<string, string>>([{}, { DATABASE_URL }, { HOST: '0.0.0.0' }])('are enough with %j', (settings) => {
    expect(readConfig([], { ...APP, ...settings })).toMatchObject({ ...APP, ...settings });
  });

  it.each([
    ['FEISHU_APP_SECRET', 'FEISHU_APP_ID'],
    ['FEISHU_APP_ID', 'FEISHU_APP_SECRET'],
  ])('without %s are refused, also beside EMULATOR=on', (missing, given) => {
    const settings = { ...APP, [missing]: '' };
    const said = new RegExp(`${missing} is needed together with ${given}`);
    expect(() => readConfig([], settings)).toThrow(said);
    expect(() => readConfig([], { ...settings, EMULATOR: 'on' })).toThrow(said);
  });

  it('and EMULATOR=on are refused together', () => {
    expect(() => readConfig([], { ...APP, EMULATOR: 'on' })).toThrow(/EMULATOR and FEISHU_APP_ID exclude each other/);
  });
});

describe('a model that hears', () => {
  const HEARING_URL = 'http://model.example/v1/';
  it('has an address and a name, and a key or none', () => {
    expect(readConfig([], { HEARING_URL, HEARING_MODEL: 'm' })).toMatchObject({
      HEARING_URL: 'http://model.example/v1',
    });
    expect(() => readConfig([], { HEARING_URL })).toThrow(/HEARING_MODEL is needed together with HEARING_URL/);
    expect(() => readConfig([], { HEARING_KEY: 'k' })).toThrow(/HEARING_URL is needed/);
    expect(() => readConfig([], { HEARING_URL: 'file:///x', HEARING_MODEL: 'm' })).toThrow(/http or https/);
  });
});

describe('what a feature brings to be set', () => {
  const Umbrellas = z.object({ UMBRELLA_DAYS: z.coerce.number().int().min(1, 'must be at least 1').default(3) });
  const umbrellas = { name: 'umbrellas', settings: [Umbrellas] };

  it('is read by its own schema, with its types and defaults', () => {
    const days: number = readConfig([umbrellas], { UMBRELLA_DAYS: '5' }).settings(Umbrellas).UMBRELLA_DAYS;
    expect(days).toBe(5);
    expect(readConfig([umbrellas], { UMBRELLA_DAYS: '' }).settings(Umbrellas)).toEqual({ UMBRELLA_DAYS: 3 });
    expect(() => readConfig([], {}).settings(Umbrellas)).toThrow(/declared by no feature/);
  });

  it('is refused together with what is wrong in the house', () => {
    const bad = { UMBRELLA_DAYS: '0', PORT: 'x' };
    expect(() => readConfig([umbrellas], bad)).toThrow(/PORT .*\n {2}UMBRELLA_DAYS must be at least 1/);
  });

  it('has a name of its own, and stands in docs/settings.md', () => {
    const schemas = [...new Set(declared.flatMap(({ settings = [] }) => settings))];
    const names = [...HOUSE_VARIABLES, ...schemas.flatMap(({ shape }) => Object.keys(shape))];
    const documented = readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
    expect(names.sort()).toEqual([...new Set(names)]);
    expect(documented.sort()).toEqual(names);
  });
});
