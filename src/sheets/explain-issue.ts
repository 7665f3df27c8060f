/** Why a value does not fit its column, in Chinese, for schemas that bring no sentence of their own. */
import type { z } from 'zod';

/** The reason for a person; a message that the schema itself brings has precedence over this one. */
export function explainIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '没有填写' : '填写有误';
    case 'invalid_value':
      return `只能填 ${issue.values.map(String).join('、')}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `不能大于 ${issue.maximum}`
        : `太长，最多 ${issue.maximum} ${unitOf(issue.origin)}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `不能小于 ${issue.minimum}`
        : `太短，至少 ${issue.minimum} ${unitOf(issue.origin)}`;
    default:
      return '填写有误';
  }
}

function unitOf(origin: string): string {
  return origin === 'array' ? '个' : '个字';
}
