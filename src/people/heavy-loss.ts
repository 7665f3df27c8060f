/** When so much is lacking from the contacts at once that it is no ordinary change. */

/**
 * Fewer than these leave without a question: below fifty people a tenth is less than that, and two retirements on the same day are
 * nothing to ask about. More than half is never so ordinary, however small the house; an empty answer least of all.
 */
const FEW = 5;

/** Whether so many of those in service are lacking at once that nobody believes it unasked. */
export function isHeavyLoss(lost: number, inService: number): boolean {
  return lost * 2 > inService || (lost >= FEW && lost * 10 > inService);
}
