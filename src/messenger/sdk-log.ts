/** The logger handed to the SDK, which would otherwise log bearer tokens, the app secret and whole messages. */
import type { Logger as SdkLogger } from '@larksuiteoapi/node-sdk';
import type { Logger } from '../basics/log.ts';
import { MessengerError } from './port.ts';

/** The SDK's own static phrases that help an operator. Whatever it says besides is logged as `something else`. */
const PHRASES = [
  'ws connect failed',
  'connect failed',
  'ws error',
  'handshake timeout',
  'no pong/inbound',
  'unable to connect to the server',
  'send data failed',
  'invalid appId',
  'failed to handle inbound frame',
  'failed to merge event fragments',
  'invalid pong payload',
  'invoke event failed',
  'verification failed event',
  'parse encrypt data failed',
  'event handle',
  'callback threw',
  'ws client ready',
  'ws client closed',
  'reconnect',
  'event-dispatch is ready',
  'client ready',
] as const;

/**
 * A logger for the SDK that lets static phrases, codes and ids through and nothing else: the SDK appends requests,
 * answers and tokens to what it says. What the SDK calls information is debug to us.
 */
export function createSdkLog(log: Logger): SdkLogger {
  return {
    error: (...said) => log.warn(describe(said), 'the Feishu SDK reports an error'),
    warn: (...said) => log.warn(describe(said), 'the Feishu SDK warns'),
    info: (...said) => log.debug(describe(said), 'the Feishu SDK'),
    // Debug and trace carry whole payloads and connection addresses with tickets.
    debug: () => {},
    trace: () => {},
  };
}

function describe(said: unknown[]): Record<string, string> {
  const parts = said.flat(3);
  const failure = parts.find((part) => part instanceof MessengerError);
  if (failure) return { kind: failure.kind, code: failure.code };
  const text = parts.filter((part) => typeof part === 'string').join(' ');
  const facts = {
    says: PHRASES.find((phrase) => text.includes(phrase)) ?? 'something else',
    code: /\bcode[:=] ?(\d{1,12})\b/.exec(text)?.[1],
    messageId: /\bmessage_id: ([\w-]{1,64})(?=;|$)/.exec(text)?.[1],
    traceId: /\btrace_id: ([\w-]{1,64})(?=;|$)/.exec(text)?.[1],
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined));
}
