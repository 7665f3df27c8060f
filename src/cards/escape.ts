/** Makes what people typed harmless inside a card's markdown. */

/** Every ASCII character that could begin or end markup. Feishu's own table of escapes is a part of these. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** Control characters, and the marks that turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text as `markdown` and `lark_md` show it letter by letter: no mention, link, style, emoji, list or code comes of it.
 * Line breaks stay; empty lines and indentation go, since four spaces would be a code block.
 * `/feishu-cards/card-json-v2-components/content-components/rich-text`, "特殊字符转义说明".
 */
export function md(text: unknown): string {
  return String(text ?? '')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(INVISIBLE, '').trim())
    .filter((line) => line !== '')
    .join('\n')
    .replace(PUNCTUATION, (character) => `&#${character.charCodeAt(0)};`);
}
