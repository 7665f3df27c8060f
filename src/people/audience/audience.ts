/** Whom something is for: the one word for it that features keep, show and ask the database about. */
import { z } from 'zod';

/** A part of the detachment, or all of it. */
export type Place = { kind: 'detachment'; id: null } | { kind: 'unit' | 'branch'; id: string };

const Place = z.union([
  z.object({ kind: z.literal('detachment'), id: z.null() }),
  z.object({ kind: z.literal('unit'), id: z.string().min(1) }),
  z.object({ kind: z.literal('branch'), id: z.uuid() }),
]);

const POLITICS = ['member', 'probationary', 'applicant', 'none'] as const;
const KINDS = ['officer', 'auxiliary'] as const;
const OFFICES = ['committee', 'secretary', 'discipline-commissioner', 'head'] as const;

/**
 * Of the places those in service who fit `politics`, `kinds` and `offices`, where any are given; and the named persons, whatever these
 * say. Nobody of `except`, whatever else says so. 党员 are members and probationary members. An office counts where it is held:
 * 支委 (`committee`) are the 支部书记, the 纪检委员 and the 支部委员 of a branch, 负责人 (`head`) the leaders of a unit.
 * The SQL function `people_of` says who that is.
 */
export type Audience = {
  places: Place[];
  persons: string[];
  except: { places: Place[]; persons: string[] };
  politics: (typeof POLITICS)[number][];
  kinds: (typeof KINDS)[number][];
  offices: (typeof OFFICES)[number][];
  /** Whether units come with the units below them, in `places` and in `except`. */
  withBelow: boolean;
};

/** An audience as it is kept or as it comes in, in its canonical form. */
export const Audience: z.ZodType<Audience> = z
  .object({
    places: z.array(Place),
    persons: z.array(z.string().min(1)),
    except: z.object({ places: z.array(Place), persons: z.array(z.string().min(1)) }),
    politics: z.array(z.enum(POLITICS)),
    kinds: z.array(z.enum(KINDS)),
    offices: z.array(z.enum(OFFICES)),
    withBelow: z.boolean(),
  })
  .transform(canonical);

/** The politics statuses that 党员 means. */
export const MEMBERS: Audience['politics'] = ['member', 'probationary'];

/** An audience of these words, all of the rest left at nobody, everybody of the places, with the units below. */
export function audience(said: Partial<Audience>): Audience {
  const rest = { places: [], persons: [], except: { places: [], persons: [] }, politics: [], kinds: [], offices: [] };
  return canonical({ ...rest, withBelow: true, ...said });
}

/** All of a place: Party members alone, or everyone. */
export function wholeOf(place: Place, who: 'members' | 'everyone'): Audience {
  return audience({ places: [place], politics: who === 'members' ? MEMBERS : [] });
}

/**
 * The same audience, always written the same way: sorted, each once, the detachment instead of the places in it. All statuses, or all
 * kinds, are as good as none.
 */
export function canonical(said: Audience): Audience {
  const politics = inOrder(POLITICS, said.politics);
  const kinds = inOrder(KINDS, said.kinds);
  return {
    places: canonicalPlaces(said.places),
    persons: [...new Set(said.persons)].sort(),
    except: { places: canonicalPlaces(said.except.places), persons: [...new Set(said.except.persons)].sort() },
    politics: politics.length === POLITICS.length ? [] : politics,
    kinds: kinds.length === KINDS.length ? [] : kinds,
    offices: inOrder(OFFICES, said.offices),
    withBelow: said.withBelow,
  };
}

function canonicalPlaces(places: Place[]): Place[] {
  const known = new Map(places.map(({ kind, id }) => [writePlace({ kind, id } as Place), { kind, id } as Place]));
  const whole = known.get('detachment:');
  return whole ? [whole] : [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

function inOrder<Word extends string>(words: readonly Word[], said: Word[]): Word[] {
  return words.filter((word) => said.includes(word));
}

/** The column `audience` of a row as an audience; null where nobody has been said. */
export function audienceOf({ audience: kept }: { audience: unknown }): Audience | null {
  return kept === null || kept === undefined ? null : Audience.parse(kept);
}

/** A place on the wire, as a form's selector carries it: `branch:<id>`, `detachment:`. */
export const PlaceText = z
  .string()
  .transform((text) => {
    const [kind, ...id] = text.split(':');
    return { kind, id: kind === 'detachment' ? null : id.join(':') };
  })
  .pipe(Place);

/** The counterpart of `PlaceText`. */
export function writePlace({ kind, id }: Place): string {
  return `${kind}:${id ?? ''}`;
}

/** A whole place on the wire: `branch:members:<id>`. */
export const AudienceText = z
  .string()
  .regex(/^(branch|unit|detachment):(members|everyone):.*$/)
  .transform((text) => {
    const [kind, who, ...id] = text.split(':');
    return { place: `${kind}:${id.join(':')}`, who };
  })
  .pipe(z.object({ place: PlaceText, who: z.enum(['members', 'everyone']) }))
  .transform(({ place, who }): Audience => wholeOf(place, who));

/** The text of an audience for a form's selector; undefined for one that is more than all of a place or its Party members. */
export function writeAudience(said: Audience): string | undefined {
  const [place, ...others] = said.places;
  if (!place || others.length > 0) return undefined;
  for (const who of ['members', 'everyone'] as const) {
    if (isSame(said, wholeOf(place, who))) return `${place.kind}:${who}:${place.id ?? ''}`;
  }
  return undefined;
}

/** Whether two audiences say the same, as words: who that is at an instant, the database knows. */
export function isSame(one: Audience, other: Audience): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}
