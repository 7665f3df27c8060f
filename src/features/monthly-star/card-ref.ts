/** The ref of a card that has pages: `<id>:<page>`. */

/** The id in a card's ref, without its page. */
export function idOf(ref: string): string {
  return ref.split(':')[0] ?? '';
}
