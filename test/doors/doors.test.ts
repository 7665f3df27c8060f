/** Who may still see and do: every button on every card, for whoever it is not for, generated from what the features declare. */
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { features } from '../../src/features/index.ts';
import { REFUSALS } from '../../src/inbox/refusals.ts';
import type { Answer } from '../../src/messenger/port.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { liveIn, MARK } from './lived-in.ts';
import { findForeignChanges, type HeldCard, openInnerDoor, openLedger, registry } from './press-directly.ts';

/** What gives the presser something of their own, or what is everybody's, wherever it is pressed: a setting, a draft, the roll of honour. It may change nothing else. */
const OWN = ['quizzes/opt-out', 'quizzes/opt-in', 'study-tasks/draft-from', 'monthly-star/roll', 'today/page'];
const REFUSED: string[] = [REFUSALS.notAllowed, REFUSALS.outdated, REFUSALS.notYours];
/** What a value might be called anywhere, with what a crafted one might say. */
const VALUE_KEYS =
  'task act until urgent file warning loss session occurrence holder kind year month page handout person point role question choice quiz deed candidate nomination opinion is card ref run id section figure matter topic feature'.split(
    ' ',
  );

type Kind = { feature: string; card: string; ref: string };

const kinds = features.flatMap(({ name: feature, cards = {} }) =>
  Object.keys(cards).map((card) => ({ feature, card })),
);
const buttons = features.flatMap(({ name: feature, buttons = {} }) =>
  Object.entries(buttons).map(([name, { on }]) => ({
    name: `${feature}/${name}`,
    homes: on === 'every card' ? [] : on.map((card) => (card.includes('/') ? card : `${feature}/${card}`)),
  })),
);
const nameOf = ({ feature, card }: Omit<Kind, 'ref'>) => `${feature}/${card}`;
const livingOn = ({ feature, card }: Omit<Kind, 'ref'>) =>
  buttons.filter(({ homes }) => homes.includes(`${feature}/${card}`)).map(({ name }) => name);
const strangerTo = ({ feature, card }: Omit<Kind, 'ref'>) =>
  buttons.filter(
    ({ name, homes }) => homes.length > 0 && name.startsWith(`${feature}/`) && !homes.includes(`${feature}/${card}`),
  );
/** Whether the card asks where its matter lies, or is made of nothing but the viewer's own. */
const isPlaced = ({ feature, card }: Omit<Kind, 'ref'>) => registry.card(feature, card)?.findMatter !== undefined;

const isClosed = ({ card }: Answer) => card === undefined || JSON.stringify(card).includes('这张卡片已关闭');
const garbage = (value: () => string) => Object.fromEntries(VALUE_KEYS.map((key) => [key, value()]));

/** People of elsewhere: one for each role, one without any, and one whose roles here have all ended. */
async function findOutsiders(db: Database): Promise<Record<string, string>> {
  const roleOf = async (role: string, scope: string) => {
    const [row] = await db.sql<{ id: string }>`
      SELECT r."personId" AS id FROM role_assignment r WHERE r.role = ${role} AND r."scopeId" IN (
        SELECT id::text FROM branch WHERE name = ${scope} UNION ALL SELECT id FROM unit WHERE name = ${scope})`;
    return row?.id ?? '';
  };
  const plain = await db.sql<{ id: string; kind: string }>`
    SELECT p.id, p.kind FROM person p JOIN unit u ON u.id = p."unitId" WHERE u.name = '三大队' AND p.status = 'active'
      AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id) ORDER BY p.id`;
  const [ended, keeper] = plain.filter(({ kind }) => kind === 'officer').map(({ id }) => id);
  const [auxiliary] = plain.filter(({ kind }) => kind === 'auxiliary').map(({ id }) => id);
  await db.sql`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", until, source)
    SELECT gen_random_uuid(), ${ended ?? ''}, role, "scopeId", ${new Date(0)}, ${now()}, 'chat' FROM role_assignment
    WHERE "personId" = ANY (${Object.values(SAMPLE_PEOPLE)}::text[])`;
  await db.sql`
    WITH point AS (INSERT INTO pickup_point (id, name, place, hours) VALUES (gen_random_uuid(), '三大队', '', '') RETURNING id)
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", source)
    SELECT gen_random_uuid(), ${keeper ?? ''}, 'keeper', id::text, ${new Date(0)}, 'chat' FROM point`;
  return {
    'whose roles have ended': ended ?? '',
    'a keeper of another point': keeper ?? '',
    'an auxiliary of another unit': auxiliary ?? '',
    'a secretary of another branch': await roleOf('secretary', '二大队党支部'),
    'a leader of another unit': await roleOf('leader', '二大队'),
    'a commissioner of another branch': await roleOf('discipline-commissioner', '二大队党支部'),
  };
}

/** Refs that no delivery has, in the form of each kind of card that the morning sent nobody. */
const ID = randomUUID();
const CRAFTED = [
  '2026',
  'send',
  `given:${ID}`,
  `latest`,
  ID,
  `${ID}:${ID}`,
  `${SAMPLE_PEOPLE.officer},${SAMPLE_PEOPLE.secretary}`,
  `${ID}~unit~x~x`,
  `${ID}~unit~x~study-tasks~done~~0~x`,
];

it('lets nobody see or do what is not theirs, whatever they hold, press or craft', { timeout: 900_000 }, async () => {
  const { house, names, branch } = await liveIn();
  // From here on nothing happens but what is pressed: no timer, no worker.
  await house.app.stop();
  const connectionString = house.appConfig.DATABASE_URL ?? '';
  const db = openDatabase(connectionString, () => undefined);
  const outsiders = await findOutsiders(db);
  expect(Object.values(outsiders).filter((id) => id === '')).toEqual([]);
  const door = openInnerDoor(db);
  const ledger = await openLedger(connectionString);
  onTestFinished(async () => {
    await ledger.close();
    await db.close();
  });

  const out = await db.sql<HeldCard>`
    SELECT DISTINCT ON (feature, card, ref) id, feature, card, ref, recipient FROM delivery
    WHERE NOT "isFile" AND state <> 'recalled' ORDER BY feature, card, ref, id`;
  const real = out.filter(({ feature, card }) => registry.card(feature, card));
  const met = new Set(real.map(nameOf));
  // What nobody was sent this morning: with what ids there are, as far as they are refs of such a card.
  const further = kinds.flatMap((kind) => {
    if (met.has(nameOf(kind))) return [];
    const refs = [
      ...new Set(
        real
          .filter(({ feature }) => feature === kind.feature)
          .flatMap(({ ref }) => [ref, `${ref}:0`, `${ref}:${SAMPLE_PEOPLE.officer}`]),
      ),
    ];
    const isRef = (ref: string) => registry.card(kind.feature, kind.card)?.reads(ref);
    const found = refs.filter(isRef).slice(0, 4);
    return (found.length > 0 ? found : CRAFTED.filter(isRef)).map((ref) => ({ ...kind, ref }));
  });
  const wrong: Record<'open' | 'effect' | 'leak' | 'silence', string[]> = {
    open: [],
    effect: [],
    leak: [],
    silence: [],
  };
  const secrets = [MARK, ...names];
  let pressed = 0;
  let changedOwn = 0;
  /** What the ledger was when it was looked at last, unless somebody may have changed it since. */
  let known: string | undefined;

  /** Presses, and writes down whatever should not have come of it; where nothing may have changed, it is looked at once for all presses. */
  const tries = async (
    who: string,
    held: HeldCard,
    names: string[],
    terms: { person?: string; value?: Record<string, unknown>; mustClose?: boolean; mayAct?: boolean } = {},
  ) => {
    const { mustClose = false, mayAct = false, ...press } = terms;
    if (names.length === 0) return;
    const isOthers = press.person !== undefined;
    known ??= await ledger.digest();
    for (const button of names) {
      const answer = await door.press(held, button, press);
      const [said, toast] = [JSON.stringify(answer), answer.toast?.content ?? ''];
      const line = `${who}: ${button} on ${nameOf(held)} ${held.ref.slice(0, 40)} → ${toast}`;
      pressed += 1;
      if (toast === '') wrong.silence.push(line);
      if (mustClose && !(isClosed(answer) && REFUSED.includes(toast))) wrong.open.push(line);
      if ((mustClose || isOthers) && secrets.some((secret) => said.includes(secret))) wrong.leak.push(line);
    }
    const after = mayAct ? undefined : await ledger.digest();
    if (after !== undefined && after !== known)
      wrong.effect.push(`${who}: ${names.join()} on ${nameOf(held)} ${held.ref}`);
    known = after;
  };

  /** Has a card shown that lies nowhere: whoever has no part in it is shown nothing of it. */
  const looks = async (who: string, held: HeldCard) => {
    const said = JSON.stringify(await door.press(held, 'feedback/open'));
    pressed += 1;
    known = undefined;
    if (secrets.some((secret) => said.includes(secret))) wrong.leak.push(`${who} is shown ${nameOf(held)} ${held.ref}`);
  };
  /** Presses what may change the presser's own, and writes down whatever else it changed. */
  const triesOwn = async (who: string, held: HeldCard, button: string) => {
    for (const value of [{}, garbage(() => '0'), { topic: '主题' }]) {
      const before = await ledger.lines();
      const answer = await door.press(held, button, { value });
      pressed += 1;
      const said = JSON.stringify(answer);
      if (secrets.some((secret) => said.includes(secret))) wrong.leak.push(`${who}: ${button} on ${nameOf(held)}`);
      const after = await ledger.lines();
      changedOwn += Number(after.length !== before.length);
      const foreign = findForeignChanges(before, after, held.recipient);
      if (foreign.length > 0) wrong.effect.push(`${who}: ${button} on ${nameOf(held)}: ${foreign.join(' | ')}`);
    }
    known = undefined;
  };

  // Every card there is, as if an outsider had been given it when it was still theirs.
  for (const [who, id] of Object.entries(outsiders)) {
    for (const kind of [...real, ...further]) {
      const held = await door.give(kind, id);
      const mustClose = isPlaced(kind);
      const living = livingOn(kind).filter((button) => mustClose || !OWN.includes(button));
      for (const own of livingOn(kind).filter((button) => !living.includes(button))) await triesOwn(who, held, own);
      await tries(who, held, living, { mustClose });
      if (mustClose) continue;
      await tries(who, held, living, { value: garbage(() => '0') });
      await looks(who, held);
    }
  }
  // From the cards that everybody has, with the ids of what is not theirs.
  const digest = real.find(({ card }) => card === 'digest')?.ref ?? '';
  for (const who of ['whose roles have ended', 'an auxiliary of another unit']) {
    for (const home of [
      { feature: 'today', card: 'list', ref: 'asked' },
      { feature: 'weekly-digest', card: 'digest', ref: digest },
    ]) {
      const held = await door.give(home, outsiders[who] ?? '');
      for (const own of livingOn(home).filter((button) => OWN.includes(button))) await triesOwn(who, held, own);
      for (const { feature, card, ref } of [...real, ...further]) {
        const living = livingOn(home).filter((button) => button.startsWith(`${feature}/`) && !OWN.includes(button));
        const crafted = { card, person: SAMPLE_PEOPLE.officer, month: '2026-11', year: 2026, holder: branch };
        await tries(who, held, living, { value: { ...garbage(() => ref), ...crafted } });
      }
    }
  }
  // Somebody else's card; and on a card of one's own, a button that lives elsewhere.
  const passerBy = { person: outsiders['an auxiliary of another unit'] ?? '' };
  for (const held of real) {
    const stray = strangerTo(held)[0]?.name;
    await tries('a passer-by', held, livingOn(held).slice(0, 1), passerBy);
    if (stray) await tries('its holder', held, [stray]);
  }
  // Refs that nobody ever had, in the hands of whoever may do most.
  for (const kind of kinds) {
    for (const ref of ['x', randomUUID(), `${randomUUID()}:${randomUUID()}`]) {
      const held = await door.give({ ...kind, ref }, SAMPLE_PEOPLE.administrator);
      const isOwn = registry.card(kind.feature, kind.card)?.reads(ref) && !isPlaced(kind);
      await tries('an administrator', held, livingOn(kind), { mayAct: isOwn === true });
    }
  }
  // Values that nobody ever wrote, on real cards, by those who hold them.
  for (const held of real) {
    for (const value of [garbage(() => '0'), garbage(() => `'); ${'长'.repeat(5000)}`), garbage(randomUUID), {}])
      await tries('its holder', held, livingOn(held), { value, mayAct: true });
  }

  expect(wrong).toEqual({ open: [], effect: [], leak: [], silence: [] });
  expect(door.errors).toEqual([]);
  // Nobody is left out: every kind of card that has somewhere to lie was held by every outsider.
  expect(pressed).toBeGreaterThan(1000);
  expect(changedOwn).toBeGreaterThan(0);
  const tried = new Set([...real, ...further].map(nameOf));
  expect(kinds.map(nameOf).filter((kind) => !tried.has(kind))).toEqual([]);

  const unreadable =
    await db.sql<Kind>`SELECT DISTINCT feature, card, ref FROM delivery WHERE NOT "isFile" AND key NOT LIKE 'given:%'`;
  expect(unreadable.filter(({ feature, card, ref }) => registry.card(feature, card)?.reads(ref) === false)).toEqual([]);
});
