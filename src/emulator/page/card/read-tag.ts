/** Feishu's own tags inside markdown, such as `<font color='red'>`: reading one and finding where it ends. */
import type { MarkedToken } from 'marked';
import { decodeEntities } from './decode-entities.ts';

export type Tag = { name: string; attributes: Record<string, string>; isAlone: boolean };

const KNOWN = new Set('at person font text_tag a link number_tag local_datetime raw br hr'.split(' '));
const ALONE = new Set(['br', 'hr']);

/** The opening tag that `raw` is, or undefined when it is a closing tag or not one of Feishu's. */
export function readTag(raw: string): Tag | undefined {
  const [, name = '', rest = '', slash] = /^<([a-z_]+)((?:\s[^<>]*?)?)(\/?)>$/i.exec(raw) ?? [];
  if (!KNOWN.has(name.toLowerCase())) return undefined;
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single, bare] of rest.matchAll(
    /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
  )) {
    attributes[key] = decodeEntities(double ?? single ?? bare ?? '');
  }
  return { name: name.toLowerCase(), attributes, isAlone: Boolean(slash) || ALONE.has(name.toLowerCase()) };
}

/** The index of the token that closes the tag at `at`; `at` itself for a tag that stands alone, undefined when none does. */
export function matchTag(tokens: MarkedToken[], at: number, tag: Tag): number | undefined {
  if (tag.isAlone) return at;
  let depth = 0;
  for (let index = at; index < tokens.length; index += 1) {
    const raw = tokens[index]?.type === 'html' ? (tokens[index]?.raw ?? '') : '';
    if (readTag(raw)?.name === tag.name) depth += 1;
    if (raw.toLowerCase() === `</${tag.name}>`) depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}
