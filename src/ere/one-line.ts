/** Takes a line as people write it in a program. Promise: what comes out is one line, as a scanner wants it. */

const newline = 0x0a;

/** In: text or bytes, with or without a newline at the end. Throws RangeError where a line goes on after its newline. */
export function oneLine(line: string | Uint8Array): Uint8Array {
  const bytes = typeof line === "string" ? Buffer.from(line) : line;
  const newlineAt = bytes.indexOf(newline);
  if (newlineAt !== -1 && newlineAt !== bytes.length - 1)
    throw new RangeError(`more than one line: text goes on after the newline at byte ${newlineAt + 1}`);
  return bytes;
}
