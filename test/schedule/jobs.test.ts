/** Jobs that ask something of the network before their transaction. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type Feature, preparedJob } from '../../src/feature.ts';
import { openHouse } from '../support/house.ts';

/** A door that a job stands before until it is opened, and word of who has come. */
function createGate() {
  let open = () => {};
  let come = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  const hasCome = new Promise<void>((resolve) => {
    come = resolve;
  });
  const wait = () => {
    come();
    return isOpen;
  };
  return { open, hasCome, wait };
}

function asking(prepare: (what: string) => Promise<string>): Feature {
  return {
    name: 'asking',
    commands: {
      ask: {
        words: ['询问'],
        help: { does: '询问', example: '询问' },
        action: 'self',
        handle: async (turn, { rest }) => {
          await turn.later('ask', { what: rest }, { key: 'ask' });
          return undefined;
        },
      },
    },
    jobs: {
      ask: preparedJob({
        payload: z.object({ what: z.string() }),
        prepare: ({ what }) => prepare(what),
        handle: async (turn, { what }, answer) => {
          const data = {
            id: randomUUID(),
            personId: SAMPLE_PEOPLE.officer,
            text: `${what}: ${answer}`,
            writtenAt: turn.now,
          };
          await turn.db.models.feedback.create({ data });
        },
      }),
    },
  };
}

it('holds no lock while it is being prepared', async () => {
  const gate = createGate();
  const house = await openHouse({
    tuning: { features: [asking(() => gate.wait().then(() => 'answer'))] },
  });
  house.emulator.say(SAMPLE_PEOPLE.officer, '询问 a');
  await gate.hasCome;
  const free = await house.app.db.sql`SELECT job FROM pending_job WHERE feature = 'asking' FOR UPDATE SKIP LOCKED`;
  expect(free).toEqual([{ job: 'ask' }]);
  gate.open();
  await house.settles();
  expect(await house.app.db.sql`SELECT text FROM feedback`).toEqual([{ text: 'a: answer' }]);
});

it('runs as it was said last, once, when it is said again meanwhile', async () => {
  const gate = createGate();
  const asked: string[] = [];
  const prepare = async (what: string) => {
    asked.push(what);
    if (what === 'first') await gate.wait();
    return 'answer';
  };
  const house = await openHouse({ tuning: { features: [asking(prepare)] } });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  house.emulator.say(officer.id, '询问 first');
  await gate.hasCome;
  await officer.says('询问 second');
  gate.open();
  await house.settles();
  expect(asked).toEqual(['first', 'second']);
  expect(await house.app.db.sql`SELECT text FROM feedback`).toEqual([{ text: 'second: answer' }]);
});

it('is tried again later when the preparation fails', async () => {
  let tries = 0;
  const prepare = async () => {
    tries += 1;
    if (tries === 1) throw new Error('the network is away');
    return 'answer';
  };
  const house = await openHouse({ tuning: { features: [asking(prepare)] } });
  await house.person(SAMPLE_PEOPLE.officer).says('询问 a');
  expect(await house.app.db.sql`SELECT attempts FROM pending_job WHERE feature = 'asking'`).toEqual([{ attempts: 1 }]);
  await house.clockMovesTo(new Date(now().getTime() + 6_000));
  expect(await house.app.db.sql`SELECT text FROM feedback`).toEqual([{ text: 'a: answer' }]);
});
