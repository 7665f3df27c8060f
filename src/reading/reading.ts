/** A text that has been read: what it says, what it wants, and what was left over. */
import type { Part } from './find/find-parts.ts';
import type { Topic } from './find/find-topic.ts';
import type { Plain, Span } from './normalise.ts';
import type { Ranking } from './rank/intents.ts';
import type { Slot, SlotKind, SlotOf } from './slots.ts';

/** Why a stretch that nothing explains could matter. */
export type Matter = 'date' | 'number' | 'name' | 'addressee';

/** Words that nothing explains; `matters` when leaving them out could make a mistake. */
export type Residue = Span & { text: string; matters?: Matter };

/** To whom each character belongs. Glue are the words and marks that only hold a sentence together. */
export type Piece = Span & { is: 'slot' | 'part' | 'cue' | 'topic' | 'glue' | 'residue' };

/** Pieces cover the text without a gap or an overlap; slots never overlap either; a link behind its label takes no room. */
export type Reading = {
  plain: Plain;
  slots: Slot[];
  parts: Part[];
  topics: Topic[];
  intents: Ranking;
  pieces: Piece[];
  residue: Residue[];
  /** The slots of a kind, in the order of the text. */
  of: <K extends SlotKind>(kind: K) => SlotOf<K>[];
  /** A span as it was written. */
  quote: (span: Span) => string;
  /** What a feature that used these spans has to own up to: each other slot and residue that could matter, as it was written. */
  unused: (used: Span[]) => string[];
};
