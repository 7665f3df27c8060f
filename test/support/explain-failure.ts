/** What a developer must see beside an assertion that failed: what the program itself complained of. */
import { onTestFailed } from 'vitest';

/** Lines of one failure: enough for its cause, and no more than one reads. */
const MOST_LINES = 30;

/** If the test fails, its message ends with the newest of `lines` under `title`; with nothing where there are none. */
export function explainFailure(title: string, lines: () => string[]): void {
  onTestFailed(({ task }) => {
    const said = lines().slice(-MOST_LINES);
    if (said.length === 0) return;
    for (const error of task.result?.errors ?? []) error.message += `\n\n${title}:\n${said.join('\n')}`;
  });
}
