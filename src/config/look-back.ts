/** Reads how far back a first run looks: "24h", "1MiB", "all" or "none". */
import type { LookBack } from "../sources/source.js";
import { parseByteSize } from "../std/byte-size.js";
import { parseDuration } from "../std/duration.js";

/** Undefined when the text is none of the forms. */
export function parseLookBack(text: string): LookBack | undefined {
  if (text === "all" || text === "none") return { kind: text };
  const duration = parseDuration(text);
  if (duration.ok) return { kind: "duration", milliseconds: duration.value };
  const size = parseByteSize(text);
  return size.ok ? { kind: "bytes", bytes: size.value } : undefined;
}
