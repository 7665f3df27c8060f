/** What a person said, as the messenger hands it in: the text with what the client knows about parts of it. */

/** A person, the bot or everybody, mentioned in the text from `at` on for `length` UTF-16 units; the `@` belongs to it. */
export type Mention = { at: number; length: number; name: string; id?: string; isAll?: boolean };

/** An address that lies behind a stretch of the text: a post's `{"tag":"a"}`. What is written out in the text needs none. */
export type Link = { at: number; length: number; href: string };

/** One text with its mentions and links, which do not overlap. A post's title is its first line. */
export type Said = { text: string; mentions?: Mention[]; links?: Link[] };
