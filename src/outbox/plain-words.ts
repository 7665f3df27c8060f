/** The words of a card, for a message without anything to press: what people get where the card itself is refused. */
import type { CardJson, Plain } from '../messenger/port.ts';

/** Feishu takes 30 KB of a message; what is around the words has its share. */
const MOST_BYTES = 20_000;
const MOST_LINES = 120;
const CUT = '（内容较多，后面的没有显示）';

type Part = Record<string, unknown>;

/** Title, state and every line that can be read without pressing. What is too much is cut at the end, and said to be. */
export function plainWords(card: CardJson): Plain {
  const header = partOf(card.header);
  const tags = listOf(header.text_tag_list).map((tag) => wordsOf(partOf(tag).text));
  const state = tags.length > 0 ? `（${tags.join('，')}）` : '';
  const lines = [wordsOf(header.subtitle), ...listOf(partOf(card.body).elements).flatMap(linesOf)];
  return {
    title: `${wordsOf(header.title)}${state}`,
    lines: cut(lines.flatMap((line) => line.split('\n')).filter((line) => line.trim() !== '')),
  };
}

function linesOf(element: unknown): string[] {
  const part = partOf(element);
  switch (part.tag) {
    case 'plain_text':
      return [String(part.content ?? '')];
    case 'markdown':
    case 'lark_md':
      return [withoutMarkup(String(part.content ?? ''))];
    case 'button':
      return linkOf(part);
    case 'input':
      return [String(part.default_value ?? '')];
    case 'picker_datetime':
    case 'date_picker':
      return [String(part.initial_datetime ?? part.initial_date ?? '')];
    case 'select_static':
      return listOf(part.options).flatMap((option) =>
        option.value === part.initial_option ? linesOf(option.text) : [],
      );
    case 'column_set':
      return rowOf(listOf(part.columns).map(linesOf));
    default:
      return [part.text, partOf(part.header).title, ...listOf(part.elements)].filter(Boolean).flatMap(linesOf);
  }
}

/** Label and value stand beside each other, as on the card. */
function rowOf(columns: string[][]): string[] {
  const filled = columns.filter((lines) => lines.length > 0);
  return filled.every((lines) => lines.length === 1) ? [filled.flat().join('  ')] : filled.flat();
}

/** A button that opens a page works in words too; the others are nothing without their card. */
function linkOf({ text, behaviors }: Part): string[] {
  const url = listOf(behaviors).find(({ type }) => type === 'open_url')?.default_url;
  return url ? [`${wordsOf(text)}：${url}`] : [];
}

/** Back from what `md` of the templates made of a text, and without the emphasis around it. */
function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/\*\*|<\/?\w+[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function cut(lines: string[]): string[] {
  let bytes = 0;
  const kept = lines.slice(0, MOST_LINES).filter((line) => {
    bytes += Buffer.byteLength(JSON.stringify(line));
    return bytes <= MOST_BYTES;
  });
  return kept.length < lines.length ? [...kept, CUT] : kept;
}

function wordsOf(text: unknown): string {
  return linesOf(text).join('');
}

function partOf(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : {};
}

function listOf(value: unknown): Part[] {
  return Array.isArray(value) ? value.map(partOf) : [];
}
