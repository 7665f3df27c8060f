/** Goes through JSON and tells every value with its path, like `body.elements[2].text`. */

/** Calls `visit` for `value` and everything inside it, parents first. */
export function walk(value: unknown, visit: (value: unknown, path: string) => void, path = ''): void {
  visit(value, path);
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, visit, `${path}[${index}]`);
    });
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) walk(item, visit, path ? `${path}.${key}` : key);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
