/** Advice settles the wish and which words are meant; what they say stays the reader's. */
import { expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { createReader, learnIntents } from '../../src/reading/create-reader.ts';
import { type Advice, focus } from '../../src/reading/focus.ts';
import { listen } from '../../src/reading/listen.ts';
import { pickDeadline } from '../../src/reading/pick/pick-when.ts';
import { pickAudience } from '../../src/reading/pick/pick-who.ts';
import { pickTopic } from '../../src/reading/pick/pick-words.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai', overrides: [] });
const units = [
  { id: 'd', name: '支队', parentId: null },
  { id: '1', name: '一大队', parentId: 'd' },
  { id: 'm', name: '机动大队', parentId: 'd' },
];
const read = createReader({ units, branches: [], people: [] }, learnIntents([], [], calendar));
const readingOf = (text: string) => read({ text }, { now: calendar.at('2026-11-27', '10:00'), calendar });

const TEXT = '12月1日开过会了，那份手册机动大队12月4日18:00前弄好，12月8日之前抽查';
const advise = (quotes: Advice['quotes']) => focus(readingOf(TEXT), { wish: 'study.publish', quotes });

it('takes the quoted date for the deadline, and owns up to the other one', () => {
  expect(pickDeadline(readingOf(TEXT)).is).toBe('unclear');
  const listening = listen(advise([{ role: 'deadline', text: '12月4日18:00前' }]));
  const reading = advise([{ role: 'deadline', text: '12月4日18:00前' }]);
  expect(listening.take(pickDeadline(reading))?.at).toEqual(calendar.at('2026-12-04', '18:00'));
  expect(listening.left()).toContain('12月8日之前');
});

it('takes a place that is quoted for the addressee, and quoted words for the topic', () => {
  const said = '那份手册是机动大队的事';
  expect(pickAudience(readingOf(said)).is).not.toBe('one');
  const quotes = [
    { role: 'audience', text: '机动大队' },
    { role: 'topic', text: '那份手册' },
  ] as const;
  const reading = focus(readingOf(said), { wish: 'study.publish', quotes: [...quotes] });
  expect(pickAudience(reading)).toMatchObject({
    is: 'one',
    value: { audience: { places: [{ kind: 'unit', id: 'm' }] } },
  });
  expect(pickTopic(reading)).toMatchObject({ is: 'one', value: '那份手册' });
  expect(reading.intents).toMatchObject({ is: 'sure', ranked: [{ name: 'study.publish' }] });
});

it('computes nothing from words that the reader does not understand, and ignores what does not stand there', () => {
  const reading = advise([
    { role: 'deadline', text: '弄好' },
    { role: 'audience', text: '一大队' },
  ]);
  expect(pickDeadline(reading)).toEqual(pickDeadline(readingOf(TEXT)));
  expect(pickAudience(reading)).toEqual(pickAudience(readingOf(TEXT)));
});
