/** What the bodies of Feishu are made of, bounded and cleaned: nothing else of them is let in. */
import { z } from 'zod';
import { cleanName, cleanText, normaliseName } from '../basics/text.ts';

/** An id, key or token that Feishu made: visible ASCII. */
export const Id = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** An instant in digits, for `readInstant`. */
export const Digits = z.string().regex(/^\d{10,17}$/);

/** Text of people, cleaned; what is longer than `most` UTF-16 units is cut, so that the person still gets an answer. */
export function textUpTo(most: number) {
  return z.string().transform((text) => cleanText(text.slice(0, most)));
}

/** The name of a file, a unit or a field's choice, in one line. */
export const ThingName = z.string().transform((name) => cleanName(name.slice(0, 500)));

/** A person's name, in its one spelling. */
export const PersonName = z.string().transform((name) => normaliseName(name.slice(0, 200)));
