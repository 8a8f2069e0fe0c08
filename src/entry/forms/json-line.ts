/**
 * Reads a line that is a JSON object.
 * Promise: no line is an error, and no text of it becomes two lines.
 */
import type { ByteString } from "../../std/text/byte-string.js";

/** A longer line is not parsed: it would take a hundred times its length of memory. */
const longestJson = 1024 * 1024;

/** The object's fields, if the line is an object. */
export function jsonObject(line: ByteString): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith("{") || line.length > longestJson) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(line, "latin1").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A text as the bytes of one line: a newline within it is written as "\x0a", as in lines of the journal. */
export function textOf(text: string): ByteString {
  return Buffer.from(text.replaceAll("\n", "\\x0a")).toString("latin1");
}
