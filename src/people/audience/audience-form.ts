/** How a form picks an audience: the usual choices, and under 更多范围 any of the rest. What the part `audience` of a card shows, and what it reports. */
import { z } from 'zod';
import { AppError } from '../../basics/errors.ts';
import type { Field } from '../../cards/fields.ts';
import { filled } from '../../cards/form-values.ts';
import { parts } from '../../cards/parts.ts';
import type { Viewer } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { findNamesOf } from '../find-names.ts';
import { findOne } from '../find-people.ts';
import type { Action } from '../permissions.ts';
import {
  type Audience,
  AudienceText,
  audience,
  MEMBERS,
  type Place,
  PlaceText,
  wholeOf,
  writeAudience,
  writePlace,
} from './audience.ts';
import { findReachable } from './audience-reach.ts';
import { nameOffices, nameWho } from './audience-words.ts';

type Who = Pick<Audience, 'politics' | 'kinds' | 'offices'>;
type Option = { text: string; value: string };

/** A card has 200 elements, and each option of a selector is one: so many places have usual choices, can be left out, can be picked. */
const USUAL_PLACES = 15;
const LEFT_PLACES = 31;
const MOST_PLACES = 60;
/** A card has 30 KB, and each person of a picker some 50 bytes of it, twice: where there are more, their names are typed. */
const MOST_PEOPLE = 80;

const USUAL_WHO: Who[] = [
  { politics: [], kinds: [], offices: [] },
  { politics: MEMBERS, kinds: [], offices: [] },
  { politics: ['probationary'], kinds: [], offices: [] },
  { politics: ['applicant'], kinds: [], offices: [] },
  { politics: [], kinds: ['officer'], offices: [] },
  { politics: [], kinds: ['auxiliary'], offices: [] },
  { politics: [], kinds: [], offices: ['secretary'] },
  { politics: [], kinds: [], offices: ['committee'] },
  { politics: [], kinds: [], offices: ['discipline-commissioner'] },
  { politics: [], kinds: [], offices: ['head'] },
];

/** Who of the places, on the wire: `member.probationary/officer/`. */
const WhoText = z
  .string()
  .regex(/^[^/]*\/[^/]*\/[^/]*$/)
  .transform((text) => {
    const [politics = [], kinds = [], offices = []] = text.split('/').map((words) => words.split('.').filter(Boolean));
    return { politics, kinds, offices };
  })
  .pipe(
    z.object({
      politics: z.array(z.enum(['member', 'probationary', 'applicant', 'none'])),
      kinds: z.array(z.enum(['officer', 'auxiliary'])),
      offices: z.array(z.enum(['committee', 'secretary', 'discipline-commissioner', 'head'])),
    }),
  );
const writeWho = ({ politics, kinds, offices }: Who) =>
  [politics, kinds, offices].map((words) => words.join('.')).join('/');

/** A select that takes several reports a list; nothing chosen may come as an empty text. */
const several = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (value === undefined || value === null || value === '' ? [] : [value].flat()),
    z.array(schema).max(1000).default([]),
  );
/** Ids from a picker, or names as they are typed. */
const People = z.union([z.array(z.string().min(1).max(200)).max(1000), z.string().max(1000)]).default([]);

/** The fields of the part `audience`, for the schema of a form. */
export const AudienceFields = {
  audience: filled(AudienceText),
  audiencePlaces: several(PlaceText),
  audienceWho: filled(WhoText),
  audienceOnly: z
    .unknown()
    .optional()
    .transform((value) => value === true || value === 'true'),
  audienceAdd: People,
  audienceLeavePlaces: several(PlaceText),
  audienceLeave: People,
};
const Fields = z.object(AudienceFields);
/** Whom a form says it is for, before the names in it are looked up. */
export type AudienceSaid = z.infer<typeof Fields>;

/** The part `audience` as a field of a form: it holds what `showAudienceForm` gives. */
export function audienceField(label: string): Field<AudienceSaid> {
  return {
    label,
    isOptional: false,
    draw: (_name, said) => parts.audience?.({ part: 'audience', label, said }) ?? [],
    of: (raw) => {
      const said = Fields.parse(raw);
      return said.audience || said.audiencePlaces.length + said.audienceAdd.length > 0 ? said : undefined;
    },
    read: (said) => ({ value: said as AudienceSaid }),
  };
}

/** The audience a form says: the choice and what is picked besides it together; null for none. Throws the sentence for a name that is not clear. */
export async function audienceInForm(db: Reader, form: AudienceSaid): Promise<Audience | null> {
  const { audience: choice, audiencePlaces, audienceWho, audienceOnly } = form;
  const persons = await readPeople(db, form.audienceAdd);
  const places = [...(choice?.places ?? []), ...audiencePlaces];
  if (places.length + persons.length === 0) return null;
  const who = audienceWho ?? choice ?? { politics: [], kinds: [], offices: [] };
  const except = { places: form.audienceLeavePlaces, persons: await readPeople(db, form.audienceLeave) };
  return audience({ places, persons, except, ...pickWho(who), withBelow: !audienceOnly });
}

async function readPeople(db: Reader, said: string[] | string): Promise<string[]> {
  if (typeof said !== 'string') return said;
  const ids: string[] = [];
  for (const name of said.split(/[、，,；;\n]+/u).map((word) => word.trim())) {
    if (name === '') continue;
    const found = await findOne(db, name);
    if ('unclear' in found) throw new AppError('a name of an audience is not clear', `“${name}”：${found.unclear}`);
    ids.push(found.person.id);
  }
  return ids;
}

/** What a person may address with `action`, all of a place each, for a form's selector. */
export async function listAudiences(db: Reader, viewer: Viewer, action: Action): Promise<Option[]> {
  return viewer.who ? choicesOf(await findReachable(db, viewer.who, action)) : [];
}

/**
 * What the part `audience` of a card shows of the audience that was said, or of none. Where words were said that were not understood,
 * nothing is chosen for the writer: one of them may have meant somebody else.
 */
export async function showAudienceForm(
  db: Reader,
  viewer: Viewer,
  action: Action,
  said: Audience | null,
  wasUnderstood = true,
) {
  const reachable = viewer.who ? await findReachable(db, viewer.who, action) : [];
  const usual = choicesOf(reachable);
  const choice = wasUnderstood || said ? chooseUsual(usual, said) : '';
  const choices = usual.filter(({ value }, index) => index < 2 * USUAL_PLACES || value === choice);
  const rest = said && choice === '' ? said : null;
  const names = rest ? await findNamesOf(db, rest) : new Map();
  const optionsOf = (kept: Place[], most: number): Option[] =>
    merge(
      reachable.slice(0, most).map((place) => ({ text: place.name, value: writePlace(place) })),
      kept.map((place) => ({ text: names.get(writePlace(place))?.name ?? '全支队', value: writePlace(place) })),
    );
  const who = pickWho(rest ?? { politics: [], kinds: [], offices: [] });
  const people = await findCandidates(db, reachable, viewer.now);
  const chosenPeople = (ids: string[]) => ({
    // Where all can be offered they are picked, else typed by name.
    options: people && [...new Set([...people, ...ids])].map((id) => ({ value: id })),
    chosen: ids,
    names: ids.map((id) => names.get(`person:${id}`)?.name ?? '').join('、'),
  });
  return {
    choices,
    choice,
    isOpen: rest !== null,
    places: { options: optionsOf(rest?.places ?? [], MOST_PLACES), chosen: (rest?.places ?? []).map(writePlace) },
    who: {
      options: merge(USUAL_WHO.map(whoOption), [whoOption(who)]),
      chosen: rest && rest.places.length > 0 ? writeWho(who) : '',
    },
    only: rest?.withBelow === false,
    add: chosenPeople(rest?.persons ?? []),
    leavePlaces: {
      options: optionsOf(rest?.except.places ?? [], reachable.length > LEFT_PLACES ? 0 : LEFT_PLACES),
      chosen: (rest?.except.places ?? []).map(writePlace),
    },
    leave: chosenPeople(rest?.except.persons ?? []),
  };
}

/** What the selector shows as chosen: what was said, or the only place there is to choose. */
function chooseUsual(choices: Option[], said: Audience | null): string {
  const value = said && writeAudience(said);
  if (said) return choices.find((option) => option.value === value)?.value ?? '';
  return choices.length === 2 ? (choices[0]?.value ?? '') : '';
}

function choicesOf(places: (Place & { name: string })[]): Option[] {
  return places.flatMap((place) =>
    (['members', 'everyone'] as const).map((who) => ({
      text: `${place.name}全体${who === 'members' ? '党员' : '人员'}`,
      value: writeAudience(wholeOf(place, who)) ?? '',
    })),
  );
}

/** Everybody of the places, if they are few enough to be offered. */
async function findCandidates(db: Reader, places: Place[], now: Date): Promise<string[] | undefined> {
  const rows = await db.sql<{ id: string }>`
    SELECT p.id FROM people_of(${JSON.stringify(audience({ places }))}::jsonb, ${now}) p ORDER BY p.name, p.id LIMIT ${MOST_PEOPLE + 1}`;
  return rows.length > MOST_PEOPLE ? undefined : rows.map(({ id }) => id);
}

function whoOption(who: Who): Option {
  const offices = nameOffices(who.offices);
  return {
    text: `${offices}${offices && nameWho(who) ? '中的' : ''}${nameWho(who)}` || '全体人员',
    value: writeWho(who),
  };
}

function pickWho({ politics, kinds, offices }: Who): Who {
  return { politics, kinds, offices };
}

function merge(options: Option[], more: Option[]): Option[] {
  return [...new Map([...options, ...more].map((option) => [option.value, option])).values()];
}
