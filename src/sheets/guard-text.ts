/** Texts that a spreadsheet program would take for a formula: written so that it does not, and read back as they were. */

/** Signs that begin a formula when a sheet is saved as csv (OWASP, CSV Injection), and white space that would be lost. */
const NEEDS_GUARD = /^'*[\s=+\-@＝＋－＠]|\s$/;

/** The text for a cell: with an apostrophe before it where it begins with `=`, `+`, `-`, `@` or white space, or ends with it. */
export function guardText(text: string): string {
  return NEEDS_GUARD.test(text) ? `'${text}` : text;
}

/** What was written with `guardText`, exactly; any other text without the white space around it. */
export function unguardText(text: string): string {
  return text.startsWith("'") && NEEDS_GUARD.test(text.slice(1)) ? text.slice(1) : text.trim();
}
