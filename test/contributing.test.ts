/** CONTRIBUTING.md, done to the letter in a copy of the project: the skeleton holds, and the example of the guide runs. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { type CopyOfHouse, copyHouse } from './support/copy-of-house.ts';

const NAME = 'umbrellas';
/** Several programs are started one after the other, each of which reads the whole project. */
const TIMEOUT_MS = 900_000;
const WALLS = ['test/architecture.test.ts', 'test/contract.test.ts'];

async function passesStatics(house: CopyOfHouse): Promise<void> {
  const written = (await house.changed()).filter((file) => !GENERATED.test(file));
  await house.runs('tsc', '-p', '.');
  await house.runs('biome', 'check', '--error-on-warnings', ...written);
  expect(await house.runs('npm', 'run', '--silent', 'cards')).toContain('0 problems');
}
const GENERATED = /^(prisma\/migrations\/|src\/storage\/generated\/)/;

it(
  'begins with a skeleton that stands within the walls, and is never written over anything',
  async () => {
    const house = await copyHouse();
    await house.runs('npm', 'run', '--silent', 'new-feature', 'lost-and-found', '失物招领');
    await passesStatics(house);
    await house.runs('vitest', 'run', '--project', 'rules', ...WALLS);
    const before = await house.changed();
    await expect(house.runs('npm', 'run', '--silent', 'new-feature', 'quizzes')).rejects.toThrow(
      /of this name already/,
    );
    await expect(house.runs('npm', 'run', '--silent', 'new-feature', '../x')).rejects.toThrow(/kebab-case/);
    expect(await house.changed()).toEqual(before);
  },
  TIMEOUT_MS,
);

it(
  'leads to a tested feature, which touches its four places and its line in the list',
  async () => {
    const house = await copyHouse();
    await house.runs('npm', 'run', '--silent', 'new-feature', NAME, '借伞');
    await house.runs('rm', '-r', `cards/${NAME}`);
    const guide = await readFile(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
    const blocks = [...guide.matchAll(/^```\w+ (\S+\/\S+)\n(.*?)^```$/gms)];
    expect(blocks.length).toBeGreaterThan(10);
    for (const [, file = '', text = ''] of blocks) {
      await mkdir(dirname(join(house.folder, file)), { recursive: true });
      await writeFile(join(house.folder, file), text);
    }
    expect(await house.runs('npm', 'run', '--silent', 'migration', '--', NAME)).toContain('Written:');
    await house.runs('node', '--import', 'tsx', 'prisma/generate.ts');
    await passesStatics(house);
    await house.runs('vitest', 'run', `test/features/${NAME}.test.ts`, ...WALLS);

    const places = [
      `src/features/${NAME}/`,
      `cards/${NAME}/`,
      `prisma/schema/${NAME}.prisma`,
      `test/features/${NAME}.test.ts`,
    ];
    const others = (await house.changed()).filter(
      (file) => !GENERATED.test(file) && !places.some((place) => file.startsWith(place)),
    );
    expect(others).toEqual(['src/features/index.ts']);
  },
  TIMEOUT_MS,
);
