/** Instants as Feishu's events write them. */

/** The instant that digits stand for: seconds (10), milliseconds (13) or, in card callbacks, microseconds (16). */
export function readInstant(digits: string): Date {
  const value = Number(digits);
  if (digits.length <= 11) return new Date(value * 1000);
  return new Date(digits.length <= 14 ? value : Math.floor(value / 1000));
}
