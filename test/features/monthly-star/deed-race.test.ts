/** A deed is deleted while nominations that refer to it are handed in: each time one of the two wins, and each person hears which. */
import { expect, it } from 'vitest';
import type { PressPost } from '../../../src/emulator/site/page-api.ts';
import { findPressable } from '../../support/card-reader.ts';
import { type Cast, lastRound, openBranchRound, openCast, postsOf, toastOf } from './playing.ts';

/** As many as are offered at nomination. */
const PAIRS = 20;
const ROUNDS = 6;

type Held = { id: string; messageId: string; press: PressPost };

/** Drafts of as many people, for one nominee, with the press that hands each of them in. */
async function openDrafts({ house, auxiliary }: Cast): Promise<(Held & { person: string })[]> {
  const people = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM person p JOIN person a ON a."branchId" = p."branchId" WHERE a.id = ${auxiliary.id} AND p."isReachable" AND p.id <> a.id ORDER BY p.id LIMIT ${PAIRS}`;
  const name = await house.nameOf(auxiliary.id);
  const [post] = await postsOf(house);
  for (const { id } of people) house.emulator.say(id, `提名 ${name}`);
  await house.settles();
  const drafts = await house.app.db.sql<{ id: string; person: string; messageId: string }>`
    SELECT n.id, n."nominatorId" AS person, d."messageId" FROM star_nomination n JOIN delivery d ON d.ref = n.id::text AND d.card = 'nomination'`;
  return drafts.map((draft) => {
    const shown = house.emulator.messagesOf(draft.person).find(({ id }) => id === draft.messageId);
    const said = { nominee: auxiliary.id, post: post?.id, firm: '热心' };
    return { ...draft, press: findPressable(shown?.content, '提交提名', said) ?? { value: {} } };
  });
}

it('keeps a deed that is referred to, or none refers to it, as both were told', async () => {
  const cast = await openCast();
  const { house, auxiliary } = cast;
  const { db } = house.app;
  await openBranchRound(cast);
  await auxiliary.says('登记实事');
  const drafts = await openDrafts(cast);
  expect(drafts).toHaveLength(PAIRS);
  const [form] = await db.sql<{ id: string; messageId: string }>`
    SELECT id, "messageId" FROM delivery WHERE card = 'deed'`;
  const remove = (deed: string) =>
    house.emulator.press(auxiliary.id, form?.messageId ?? '', {
      value: { press: 'monthly-star/delete-deed', d: form?.id ?? '', deed },
    });
  const told: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await db.sql`DELETE FROM star_deed`;
    await db.sql`UPDATE star_nomination SET state = 'draft', "deedIds" = '{}'`;
    const deeds = await db.sql<{ id: string }>`
      INSERT INTO star_deed (id, "personId", text, "doneOn", "loggedAt")
      SELECT gen_random_uuid(), ${auxiliary.id}, '实事' || n, '2026-11-20', '2026-11-23T10:00:00+08:00' FROM generate_series(1, ${PAIRS}::int) n RETURNING id`;
    await Promise.all(
      drafts.map(async (draft, at) => {
        const deed = deeds[at]?.id ?? '';
        const press = { ...draft.press, form_value: { ...draft.press.form_value, deeds: [deed] } };
        const handIn = () => house.emulator.press(draft.person, draft.messageId, press);
        const [removed, handedIn] =
          at % 2 === 0
            ? await Promise.all([remove(deed), handIn()])
            : (await Promise.all([handIn(), remove(deed)])).reverse();
        expect(handedIn && toastOf(handedIn)).toContain('已提交');
        const toast = removed ? toastOf(removed) : '';
        told.push(toast);
        const [kept] = await db.sql<{ deedIds: string[]; isThere: boolean }>`
          SELECT "deedIds", EXISTS (SELECT 1 FROM star_deed WHERE id = ${deed}::uuid) AS "isThere" FROM star_nomination WHERE id = ${draft.id}::uuid`;
        expect({ toast, ...kept }).toEqual(
          toast === '已删除。'
            ? { toast, deedIds: [], isThere: false }
            : { toast: '这件实事已作为提名的依据，不能删除。', deedIds: [deed], isThere: true },
        );
      }),
    );
    await house.settles();
  }
  // Either of the two did win.
  expect(new Set(told).size).toBe(2);
  expect((await lastRound(house)).state).toBe('nominating');
});
