/** What can be wrong with a card, and the number by which Feishu calls it. */

/** Something Feishu would refuse or a client would not show. `path` is like `body.elements[2].text`; `code` is Feishu's sub-code. */
export type Problem = { path: string; rule: string; code: number; message: string };

/**
 * Feishu's numbers. Sub-codes arrive inside 230099 "Failed to create card content"; `tooLong` is the message's own code.
 * Feishu names no number for most structural rules: those count as malformed.
 */
export const codes = {
  malformed: 200621,
  unknownTag: 200861,
  tooMany: 11310,
  unnamed: 200530,
  chart: 200550,
  table: 200914,
  tooLong: 230025,
} as const;
