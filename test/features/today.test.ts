/** 今天 without anything to do, and with more than a phone can show. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { openHouse } from '../support/house.ts';

it('says plainly that there is nothing to do', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('今天');
  expect(officer.seesLast()).toContain('没有需要您办的事。');
});

it('shows the ten most urgent things and counts the rest', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const { db } = house.app;
  await db.sql`
    INSERT INTO study_task (id, state, kind, topic, "dueAt", reflection, "audienceKind", "audienceWho", "issuedById", "createdAt")
    SELECT gen_random_uuid(), 'published', 'themed-party-day', '第' || n || '项', '2026-11-23T18:00:00+08:00'::timestamptz + n * interval '1 day',
      'none', 'detachment', 'members', ${SAMPLE_PEOPLE.secretary}, now() FROM generate_series(0, 11) AS n`;
  await db.sql`INSERT INTO study_assignment ("taskId", "personId") SELECT id, ${officer.id} FROM study_task`;
  await officer.says('今天');
  expect(officer.seesLast()).toContain('待办12件');
  expect(officer.seesLast()).toContain('主题党日：第0项\n11月23日（周一，今天）18:00前');
  expect(officer.seesLast()).toContain('第9项');
  expect(officer.seesLast()).not.toContain('第10项');
  expect(officer.seesLast()).toContain('还有2件');
});
