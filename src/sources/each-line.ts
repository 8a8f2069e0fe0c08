/** Reads an input line by line, for commands that look at single lines. */
import { newline } from "../std/text/line-text.js";
import type { LineReader } from "./source.js";

const chunkBytes = 1 << 16;

/** Calls `take` with each line and its newline. The bytes are valid only during the call. Closes the reader. */
export async function eachLine(
  opened: Promise<LineReader> | LineReader,
  take: (line: Uint8Array) => void,
): Promise<void> {
  const reader = await opened;
  const buffer = new Uint8Array(chunkBytes);
  try {
    for (;;) {
      const chunk = await reader.read(buffer);
      if (chunk.kind === "end") return;
      const bytes = chunk.kind === "lines" ? buffer.subarray(0, chunk.lengthBytes) : chunk.bytes;
      for (let start = 0; start < bytes.length;) {
        const found = bytes.indexOf(newline, start);
        const end = found < 0 ? bytes.length : found + 1;
        take(bytes.subarray(start, end));
        start = end;
      }
    }
  } finally {
    await reader.close();
  }
}
