/** A language model inside the owner's network, asked what an unclear text may want. Off unless it is configured; it can only advise. */
import type { Logger } from '../basics/log.ts';
import type { Advice } from '../reading/focus.ts';
import type { Reading } from '../reading/reading.ts';
import { askFor, readAnswer, type Wish } from './question.ts';
import { veil } from './veil.ts';

/** Where the model is: an endpoint that speaks OpenAI's protocol. */
export type AdviserSettings = {
  HEARING_URL?: string | undefined;
  HEARING_KEY?: string | undefined;
  HEARING_MODEL?: string | undefined;
};

/** `names` are those of people that stand in the text, to be hidden. Never throws: what fails is no advice. */
export type Adviser = (asked: { reading: Reading; names: string[]; wishes: Wish[] }) => Promise<Advice | undefined>;

/** Somebody looks at a card meanwhile. */
const PATIENCE_MS = 4_000;
/** A model that hangs holds up so many workers at most; whoever comes meanwhile does without. */
const AT_ONCE = 2;
/** An answer is one small object. */
const MOST_TOKENS = 400;

/** The adviser that is configured, or undefined. The client library is loaded only where it is needed. */
export async function createAdviser(
  { HEARING_URL: baseURL, HEARING_KEY = 'none', HEARING_MODEL: model }: AdviserSettings,
  log: Logger,
  patienceMs = PATIENCE_MS,
): Promise<Adviser | undefined> {
  if (!baseURL || !model) return undefined;
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    ...{ baseURL, apiKey: HEARING_KEY, organization: null, project: null, webhookSecret: null },
    ...{ timeout: patienceMs, maxRetries: 0, logLevel: 'off', fetchOptions: { redirect: 'error' } },
  });
  let asking = 0;
  return async ({ reading, names, wishes }) => {
    if (asking >= AT_ONCE) return undefined;
    asking += 1;
    try {
      const veiled = veil(reading, names);
      const answer = await client.chat.completions.create(
        {
          ...{ model, temperature: 0, max_tokens: MOST_TOKENS, response_format: { type: 'json_object' } },
          messages: askFor(veiled.text, wishes),
        },
        { signal: AbortSignal.timeout(patienceMs) },
      );
      const advice = readAnswer(answer.choices?.[0]?.message?.content ?? '', reading, wishes, veiled);
      if (!advice) log.info('a model gave no advice that could be used');
      return advice;
    } catch (error) {
      // The message of an error may quote what was sent.
      log.warn({ failure: error instanceof Error ? error.name : 'unknown' }, 'a model could not be asked');
      return undefined;
    } finally {
      asking -= 1;
    }
  };
}
