/**
 * Where the reader of a pattern stands, and what it has seen so far.
 * Promise: `begin` forgets all that was seen of the pattern before.
 */
import type { Locale } from "../alphabet/locale.js";
import type { PatternFault } from "./pattern-text.js";

/**
 * Whose reading: glibc's, the automaton's, or the automaton's with all that it cannot tell left open.
 * They differ in a repetition that has nothing to repeat: for `^*a` the automaton repeats the anchor, glibc skips the
 * star.
 */
export type Reading = "regex" | "automaton" | "filter";

/** What `peek` gives after the last byte. */
export const patternEnd = -1;

export class PatternCursor {
  readonly locale: Locale;
  readonly reading: Reading;
  text: Uint8Array = new Uint8Array(0);
  /** Whether what stands for all characters but some stands for bytes that are no UTF-8 too. */
  takesAnyByte = false;
  /** The next byte to read, counted from 0. */
  offset = 0;
  /** How many groups have been opened. */
  groupCount = 0;
  /** The groups that a back-reference may name here, as bits. */
  closedGroups = 0;
  /** Bits of `features`. */
  features = 0;
  /** Whether the readings differ. */
  dialectsDisagree = false;
  /** Whether a brace stands for itself: how it is read can depend on what comes long after it. */
  sawLiteralBrace = false;
  /** Whether something stands before the start of a line, or after its end. */
  sawInnerAnchor = false;
  /** A fault that grep finds only when it has read the whole pattern without another. */
  lateFault: PatternFault | undefined;

  constructor(locale: Locale, reading: Reading) {
    this.locale = locale;
    this.reading = reading;
  }

  begin(text: Uint8Array, takesAnyByte: boolean): void {
    this.text = text;
    this.takesAnyByte = takesAnyByte;
    this.offset = 0;
    this.groupCount = 0;
    this.closedGroups = 0;
    this.features = 0;
    this.dialectsDisagree = false;
    this.sawLiteralBrace = false;
    this.sawInnerAnchor = false;
    this.lateFault = undefined;
  }

  /** The next byte, or `patternEnd`. */
  peek(): number {
    return this.text[this.offset] ?? patternEnd;
  }
}
