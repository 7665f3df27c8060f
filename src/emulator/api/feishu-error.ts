/** A refusal as Feishu words it: a code, a message and an HTTP status. */
import type { z } from 'zod';

/** Thrown by whatever answers an Open API call; becomes `{code, msg, error: {log_id}}`. */
export class FeishuError extends Error {
  override name = 'FeishuError';
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: number, msg: string, status = 400, headers: Record<string, string> = {}) {
    super(msg);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** 230001 as the message calls give it; `ext` names the parameter. Source: /im-v1/message/create. */
export function invalidParameter(ext: string): FeishuError {
  return new FeishuError(230001, `Your request contains an invalid request parameter, ext=${ext}`);
}

/** 9999235x as the gateway gives it for an id that is malformed or unknown. */
export function unknownId(code: 99992351 | 99992354, kind: string, id: string): FeishuError {
  return new FeishuError(code, `The request you send is not a valid {${kind}} or not exists. Invalid ids: [${id}]`);
}

/** The parsed input of a call. Throws 99992402 with the names of the offending fields. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ');
  throw new FeishuError(99992402, `field validation failed: ${fields}`);
}
