/**
 * Reads how far back a first run looks: "24h", "1MiB", "all" or "none".
 * Promise: what it does not know it refuses, it never guesses.
 */
import { parseByteSize } from "../std/byte-size.js";
import { parseDuration } from "../std/duration.js";
import type { Parsed } from "../std/parsed.js";
import type { LookBack } from "./source.js";

/** Where nothing else is said: "24h". */
export const usualLookBack: LookBack = { kind: "duration", milliseconds: 24 * 3_600_000 };

/** In: a duration, a size, "all" or "none". */
export function parseLookBack(text: string): Parsed<LookBack> {
  if (text === "all" || text === "none") return { ok: true, value: { kind: text } };
  const duration = parseDuration(text);
  if (duration.ok) return { ok: true, value: { kind: "duration", milliseconds: duration.value } };
  const size = parseByteSize(text);
  if (size.ok) return { ok: true, value: { kind: "bytes", bytes: size.value } };
  return { ok: false, expected: '"24h", "1MiB", "all" or "none"' };
}
