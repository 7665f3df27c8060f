/** What a text is compared by: n-grams of one to three characters. */

/** The characters of a view: a slot of any length is one letter; punctuation says nothing. */
export function lettersOf(view: string): string[] {
  return Array.from(
    view
      .replace(/([Ⓐ-Ⓩ])\1+/gu, '$1')
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim(),
  );
}

/** Every n-gram of these characters that is not blank, as often as it stands there. */
export function gramsOf(letters: string[]): string[] {
  const grams: string[] = [];
  for (let size = 1; size <= 3; size += 1) {
    for (let at = 0; at + size <= letters.length; at += 1) grams.push(letters.slice(at, at + size).join(''));
  }
  return grams.filter((gram) => gram.trim() !== '');
}
