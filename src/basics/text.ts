/** Text from outside, made fit to be kept and shown: the one place that says which characters come in. */

/**
 * Characters that nobody sees: controls (PostgreSQL cannot hold U+0000), direction marks, by which a text reads otherwise than it
 * stands, and what has no width or shows nothing (the fillers of Hangul), by which two names look alike and an empty text seems none.
 * White space stays, and so do the joiners, of which emoji are made.
 */
const UNSEEN = /(?![\t-\r\u200c\u200d])[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

/** What a name does without besides: joiners, variation selectors, fillers. */
const UNSEEN_IN_NAMES = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The dot of 阿依古丽·买买提, as keyboards and other systems write it; a full stop is one between two Chinese characters. */
const DOT = / ?[·•・･‧∙⋅．] ?|(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu;

/** A text that can be kept and shows what it says; half of a surrogate pair becomes `�`. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '');
}

/** The name of a thing, in one line: as `cleanText`, with single spaces inside and none around it. */
export function cleanName(name: string): string {
  return cleanText(name).replace(UNSEEN_IN_NAMES, '').replace(/\s+/g, ' ').trim();
}

/** A person's name as it is kept and looked for: 张　伟 is aligned with spaces, not two words, and there is one middle dot, `·`. */
export function normaliseName(name: string): string {
  return cleanName(name)
    .replace(DOT, '·')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}
