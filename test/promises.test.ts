/** Every promise of the documents is held by tests that are called so. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const [promises = ''] = readFileSync(join(import.meta.dirname, '../docs/promises.md'), 'utf8').split('\n## ');
const [, ...bullets] = promises.split('\n- ');

it.each(bullets.map((bullet) => [bullet.split(/[.:;]/)[0] ?? '', bullet]))('%s: is held', (_, bullet) => {
  const [, held = ''] = bullet.split('\n  Held by ');
  const files = [...held.matchAll(/`([a-z/-]+)`: ([^;]+)(?:;|\.$)/gm)];
  expect(files.length).toBeGreaterThan(0);
  for (const [, file = '', names = ''] of files) {
    const path = join(import.meta.dirname, `${file}.test.ts`);
    expect({ file, isThere: existsSync(path) }).toEqual({ file, isThere: true });
    const source = readFileSync(path, 'utf8');
    for (const name of names.split(', and: '))
      expect({ file, name, isThere: source.includes(name) }).toEqual({ file, name, isThere: true });
  }
});
