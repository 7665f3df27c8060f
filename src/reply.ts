/** What a person is answered with at once, on whatever they pressed or wrote. */

/**
 * What a press or a message is answered with. A refusal is a reply too. A pressed card is shown anew with it, unless `keepForm`
 * asks to leave it as it is, with what the person has filled in.
 */
export type Reply = { toast: string; kind?: 'info' | 'success' | 'warning' | 'error'; keepForm?: boolean };

/** A refusal that changes nothing: a sentence that says what to do, while what the person has filled in stays on the screen. */
export function refuse(toast: string): Reply {
  return { toast, kind: 'warning', keepForm: true };
}
