/** Reads an XML part of a workbook piece by piece: no entities of its own, no deep nesting, never the whole text at once. */
import { SaxesParser } from 'saxes';
import { damaged } from '../sheet-error.ts';

/** What happens in the document; names come without their namespace prefix, attributes with it. */
export type XmlEvents = {
  open: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Deeper nesting, or more attributes on one element, than any workbook has. */
const MAX_DEPTH = 50;
const MAX_ATTRIBUTES = 200;

/**
 * Calls `events` for what stands in `pieces` (UTF-8) and yields after each piece, so that the caller can take away what has
 * gathered, or stop. Throws `SheetError` for what is not well-formed, for a document type, and for absurd nesting.
 */
export async function* feedXml(pieces: AsyncIterable<Uint8Array>, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  let attributes = 0;
  parser.on('error', () => {
    throw damaged('xml');
  });
  parser.on('doctype', () => {
    throw damaged('document type');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) throw damaged('too many attributes');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    attributes = 0;
    if (depth > MAX_DEPTH) throw damaged('nesting');
    events.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    events.close?.(localName(tag.name));
  });
  parser.on('text', (text) => events.text?.(text));
  parser.on('cdata', (text) => events.text?.(text));
  for await (const piece of pieces) {
    parser.write(decode(decoder, piece));
    yield;
  }
  parser.write(decode(decoder));
  parser.close();
  yield;
}

/** Reads all of a part at once, for the small ones. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  for await (const _ of feedXml(pieces, events));
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw damaged('not UTF-8');
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
