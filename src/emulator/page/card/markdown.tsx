/**
 * Card markdown as React elements. The parser's tokens become elements one by one and no HTML text is ever made,
 * so whatever a person typed can only appear as text.
 */
import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useCard } from './card-context.ts';
import { decodeEntities } from './decode-entities.ts';
import { drawTag, EMOJI } from './markdown-tags.tsx';
import { matchTag, readTag } from './read-tag.ts';
import { SafeLink } from './safe-link.tsx';

/** Feishu knows no HTML blocks, indented code, underlined headings or link definitions. */
class CardTokenizer extends Tokenizer {
  override html() {
    return undefined;
  }
  override code() {
    return undefined;
  }
  override lheading() {
    return undefined;
  }
  override def() {
    return undefined;
  }
  /** Markdown's tag names have no underscore, Feishu's do. */
  override tag(src: string) {
    const [raw = ''] = /^<\/?[a-z]+(?:_[a-z]+)+(?:\s[^<>]*)?>/i.exec(src) ?? [];
    if (!raw) return super.tag(src);
    return { type: 'html' as const, raw, inLink: false, inRawBlock: false, text: raw, block: false as const };
  }
}

/** Draws the markdown of a card. Links lead to http and https only and open in a new tab. */
export function Markdown({ source }: { source: string }) {
  const tokens = useMemo(
    () => new Lexer({ gfm: true, breaks: true, tokenizer: new CardTokenizer() }).lex(source),
    [source],
  );
  return <div className="md">{drawAll(tokens)}</div>;
}

/** Draws a run of tokens; Feishu's tags come as separate opening and closing tokens and are paired here. */
export function drawAll(tokens: Token[] | undefined): ReactNode[] {
  const drawn: ReactNode[] = [];
  const all = (tokens ?? []) as MarkedToken[];
  for (let at = 0; at < all.length; at += 1) {
    const token = all[at];
    if (!token) continue;
    const tag = token.type === 'html' ? readTag(token.raw) : undefined;
    if (!tag) {
      drawn.push(<Fragment key={at}>{draw(token)}</Fragment>);
      continue;
    }
    const end = matchTag(all, at, tag);
    const inner = all.slice(at + 1, end);
    const node = end === undefined ? undefined : drawTag(tag, inner, drawAll);
    drawn.push(<Fragment key={at}>{node ?? token.raw}</Fragment>);
    if (node !== undefined && end !== undefined) at = end;
  }
  return drawn;
}

function draw(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{drawAll(token.tokens)}</p>;
    case 'heading':
      return <div className={`md-h md-h${token.depth}`}>{drawAll(token.tokens)}</div>;
    case 'strong':
      return <strong>{drawAll(token.tokens)}</strong>;
    case 'em':
      return <em>{drawAll(token.tokens)}</em>;
    case 'del':
      return <del>{drawAll(token.tokens)}</del>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'code':
      return (
        <pre>
          <code>{decodeEntities(token.text)}</code>
        </pre>
      );
    case 'codespan':
      return <code>{decodeEntities(token.text)}</code>;
    case 'blockquote':
      return <blockquote>{drawAll(token.tokens)}</blockquote>;
    case 'list':
      return <List list={token} />;
    case 'table':
      return <Table table={token} />;
    case 'link':
      return <SafeLink href={decodeEntities(token.href)}>{drawAll(token.tokens)}</SafeLink>;
    case 'image':
      return <Picture imageKey={token.href} words={token.text} />;
    case 'text':
      return token.tokens ? drawAll(token.tokens) : words(token.text);
    case 'escape':
      return token.text;
    case 'space':
      return null;
    default:
      return token.raw;
  }
}

function words(text: string): string {
  return decodeEntities(text.replace(/:([A-Za-z]+):/g, (whole, name: string) => EMOJI[name.toUpperCase()] ?? whole));
}

function List({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, at) => <li key={at}>{drawAll(item.tokens)}</li>);
  return list.ordered ? <ol start={list.start || 1}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, at) => (
            <th key={at}>{drawAll(cell.tokens)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, column) => (
              <td key={column}>{drawAll(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A picture by image key; an address elsewhere is never fetched. */
function Picture({ imageKey, words }: { imageKey: string; words: string }) {
  const { fileUrl } = useCard();
  return /^[\w-]+$/.test(imageKey) ? <img src={fileUrl(imageKey)} alt={words} /> : <>{words}</>;
}
