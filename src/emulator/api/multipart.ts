/** Reads multipart forms. A part without a file name stays bytes: the SDK sends buffers that way. */

/** The parts of a form by name, or undefined when the body is not one. Source: RFC 7578. */
export function readMultipart(contentType: string, body: Buffer): Map<string, Buffer> | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(contentType);
  if (!boundary) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const parts = new Map<string, Buffer>();
  // The first delimiter has no line break before it; with one, all are alike.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(delimiter);
  while (start >= 0) {
    const end = whole.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    const part = whole.subarray(start + delimiter.length, end);
    const headEnd = part.indexOf('\r\n\r\n');
    const name = /\bname="([^"]*)"/.exec(part.toString('utf8', 0, Math.max(0, headEnd)))?.[1];
    if (name === undefined) return undefined;
    parts.set(name, part.subarray(headEnd + 4));
    start = end;
  }
  return parts.size > 0 ? parts : undefined;
}
