/** The words of the roster, and when a name is a new branch rather than a slip of the pen. Pure. */

export const KINDS = { officer: '民警', auxiliary: '辅警' } as const;
export const POLITICS = {
  member: '中共党员',
  probationary: '中共预备党员',
  applicant: '入党积极分子',
  none: '群众',
} as const;

/** Three full members make a branch (Constitution of the Party, article 30), so that one or two rows are a misspelt name. */
const FEWEST_OF_A_BRANCH = 3;

/** What people write for the politics status, in the words of `POLITICS`; Party matters ask for members alone. */
export function readPolitics(text: unknown): unknown {
  const short = { 党员: POLITICS.member, 预备党员: POLITICS.probationary, 积极分子: POLITICS.applicant };
  if (text === '共青团员' || text === '团员') return POLITICS.none;
  return typeof text === 'string' ? (short[text as keyof typeof short] ?? text) : text;
}

/** The names that stand for new branches: they end in 支部, and so many people of the file belong to them. */
export function findNewBranches(named: string[], known: ReadonlyMap<string, unknown>): string[] {
  const counts = new Map<string, number>();
  for (const name of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].flatMap(([name, count]) =>
    !known.has(name) && name.endsWith('支部') && count >= FEWEST_OF_A_BRANCH ? [name] : [],
  );
}
