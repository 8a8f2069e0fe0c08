/** What a report shows of the lines of a kind, and of those around them. */
import type { Sample } from "../../../group/group.js";
import type { Words } from "../../../std/text/byte-string.js";
import type { Quoted } from "../parts.js";

export type Evidence = ShownLine | MoreLines;

export interface ShownLine {
  readonly kind: "line";
  /** ">" before it: it is of the kind, and other lines stand around it. */
  readonly isMarked: boolean;
  /** It is not of the kind, and stood near it. */
  readonly isContext: boolean;
  /** It belongs to the event of a line before it. */
  readonly isFolded: boolean;
  /** "06:12:05"; left out where the line states no time. */
  readonly time?: Words;
  /** So many lines in a row that differ in nothing but their time. */
  readonly repeats: number;
  /** "sshd[20377]: Accepted ...": the line without date and host; the whole line where it has no header. */
  readonly text: Quoted;
  /** "[cut, 8,192 bytes]", "[hidden characters]": stands after the text. Empty: nothing. */
  readonly remark: Words;
  /** The text is less than the line has. */
  readonly isCut: boolean;
  /** Samples of the group that it shows, as many as `repeats`; none for context. */
  readonly samples: readonly Sample[];
}

/** "... 2,998 more like these", without the dots. */
export interface MoreLines {
  readonly kind: "more";
  readonly words: Words;
}
