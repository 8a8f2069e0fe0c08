/**
 * Reads the braces of a counted repetition, `{2}`, `{2,}`, `{,3}`, `{2,3}`.
 * Promise: braces that grep takes for ordinary characters are none, and braces that it refuses are refused.
 */
import { PatternFault } from "./pattern-text.js";

export interface Interval {
  readonly minimum: number;
  /** Infinity where there is no upper bound. */
  readonly maximum: number;
  /** The offset after the closing brace. */
  readonly end: number;
}

/** The most repetitions that glibc allows (RE_DUP_MAX). */
const mostRepetitions = 32767;
const [comma, closeBrace, backslash, zero, nine] = [0x2c, 0x7d, 0x5c, 0x30, 0x39];

const nothingRead = -1;
const notANumber = -2;

interface ReadNumber {
  readonly value: number;
  readonly stoppedAt: "comma" | "brace" | "end";
  readonly end: number;
}

/**
 * Reads the interval after the opening brace at `start`, where glibc expects one.
 * Undefined: the brace stands for itself. Throws PatternFault.
 */
export function readInterval(text: Uint8Array, start: number): Interval | undefined {
  const lower = readNumber(text, start + 1);
  if (lower.value === nothingRead && lower.stoppedAt === "brace")
    throw new PatternFault(start, "Invalid content of \\{\\}");
  if (lower.value === notANumber || lower.stoppedAt === "end") return undefined;
  const upper = lower.stoppedAt === "comma" ? readNumber(text, lower.end) : lower;
  if (upper.value === notANumber || upper.stoppedAt === "end") return undefined;
  const minimum = Math.max(lower.value, 0);
  const maximum = upper.value === nothingRead ? Infinity : upper.value;
  if (minimum > maximum || upper.stoppedAt !== "brace")
    throw new PatternFault(start, "Invalid content of \\{\\}");
  if ((maximum === Infinity ? minimum : maximum) > mostRepetitions)
    throw new PatternFault(start, "Regular expression too big");
  return { minimum, maximum, end: upper.end };
}

/** glibc's own loop, up to what is no number: escaped commas and zeros count too. */
function readNumber(text: Uint8Array, start: number): ReadNumber {
  let value = nothingRead;
  let offset = start;
  while (offset < text.length) {
    let byte = text[offset++] ?? 0;
    const isEscaped = byte === backslash && offset < text.length;
    if (isEscaped) byte = text[offset++] ?? 0;
    if (byte === closeBrace && !isEscaped) return { value, stoppedAt: "brace", end: offset };
    if (byte === comma) return { value, stoppedAt: "comma", end: offset };
    const isDigit = byte >= zero && byte <= nine && !(isEscaped && byte !== zero);
    // Whatever comes, this brace stands for itself: to read on for each brace would take the square of the length.
    if (!isDigit) break;
    value = Math.min(mostRepetitions + 1, Math.max(value, 0) * 10 + byte - zero);
  }
  return { value: notANumber, stoppedAt: "end", end: offset };
}

/** The interval after the opening brace at `start` as grep's own automaton reads it. Undefined: an ordinary brace. */
export function readPlainInterval(text: Uint8Array, start: number): Interval | undefined {
  const lower = readDigits(text, start + 1);
  const hasComma = text[lower.end] === comma;
  if (lower.value === nothingRead && !hasComma) return undefined;
  const upper = hasComma ? readDigits(text, lower.end + 1) : lower;
  if (text[upper.end] !== closeBrace) return undefined;
  const minimum = Math.max(lower.value, 0);
  const maximum = upper.value === nothingRead ? Infinity : upper.value;
  if (minimum > maximum) return undefined;
  if (maximum !== Infinity && maximum > mostRepetitions)
    throw new PatternFault(start, "regular expression too big");
  return { minimum, maximum, end: upper.end + 1 };
}

/** As many digits as there are; a number past the most repetitions is one more than that. */
function readDigits(text: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = nothingRead;
  let end = start;
  for (let byte = text[end] ?? 0; byte >= zero && byte <= nine; byte = text[++end] ?? 0)
    value = Math.min(mostRepetitions + 1, Math.max(value, 0) * 10 + byte - zero);
  return { value, end };
}
