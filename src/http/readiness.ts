/** Whether the process can do its work, asked as often as anybody likes and found out at most once a second. */

/** Whoever polls gives up after some seconds; a check that takes longer than this counts as failed. */
const WITHIN_MS = 2_000;
const FRESH_MS = 1_000;

/**
 * Runs `check` and says whether it resolved in time. What was found counts for a second, and a check that hangs is not begun again
 * beside itself: polling costs the database nothing and never piles up.
 */
export function createReadiness(check: () => Promise<void>): () => Promise<boolean> {
  let running: Promise<boolean> | undefined;
  let found: { isReady: boolean; at: number } | undefined;
  return async () => {
    if (found && performance.now() - found.at < FRESH_MS) return found.isReady;
    running ??= check()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        running = undefined;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, WITHIN_MS, false);
    });
    const isReady = await Promise.race([running, late]);
    clearTimeout(timer);
    found = { isReady, at: performance.now() };
    return isReady;
  };
}
