/** The figures of a digest as its reader sees them. */

/** Each line of 全部数字: label, how it differs from last week, and the number with its unit. */
export function readFigures(card: string): string[][] {
  return [...card.matchAll(/^(.+)\n((?:较|与)上周.*)\n\[(\d+[^\d\]\n]+)\]$/gm)].map(
    ([, label = '', delta = '', number = '']) => [label, delta, number],
  );
}
