/** The only source of "now": the emulator may move it, so that people can see next Friday today. */

let offsetMs = 0;

/** The current instant as everybody in this process sees it. */
export function now(): Date {
  return new Date(Date.now() + offsetMs);
}

/** Moves the clock so that `now()` continues from `instant`. Used by the emulator and by tests, never by the bot. */
export function moveTo(instant: Date): void {
  offsetMs = instant.getTime() - Date.now();
}

/** How far the clock has been moved, in milliseconds; 0 on a clock that tells the real time. */
export function movedByMs(): number {
  return offsetMs;
}
