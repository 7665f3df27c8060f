/** Errors that keep what the log says apart from what a person is told. */

/**
 * Something that went wrong and that a person should hear about.
 * `message` is for the log (English, no private text); `tell` is the Chinese sentence for the person and says what to do.
 */
export class AppError extends Error {
  readonly tell: string;
  /** Whether what the person has filled in stays on the screen; false shows the card anew. */
  readonly keepsForm: boolean = true;

  constructor(message: string, tell: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.tell = tell;
  }
}

/** Something moved on while a card lay in a chat: its buttons are of the past, so it is shown anew with this sentence. */
export class Outdated extends AppError {
  override readonly keepsForm = false;

  constructor(tell: string) {
    super('a card is behind what it is about', tell);
  }
}

/** A sentence for the operator on the console: the process cannot start, and what to do about it. */
export class StartError extends Error {
  override name = 'StartError';
}
