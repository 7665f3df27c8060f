/** The size below which figures would point at persons. */

/** Groups with fewer people are not broken out, on any card or list; nor are results of a vote with fewer ballots. */
export const SMALLEST_GROUP = 5;
