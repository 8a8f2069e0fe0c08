/** One of the files that a log consists of, as it is to be read. Promise: plain data; the file stays open until it is read. */
import type { Range } from "../bytes/known-ranges.js";
import type { Content } from "./content.js";
import type { LineDigests } from "./known/line-digests.js";
import type { Segment } from "./segment.js";

export interface KnownLines {
  readonly ranges: readonly Range[];
  /** Looks for them again: the file, or what is known, has changed. Throws on input errors. */
  readonly find: (digests: LineDigests, fromBytes: number) => Promise<KnownLines>;
}

/** A file to read on: from the offset of its segment, or from its start. */
export interface Part {
  readonly content: Content;
  /** What was read of it before, if anything. */
  readonly segment: Segment | undefined;
  /** Whether it is the file that bears the log's own name. */
  readonly isCurrent: boolean;
  /** The lines after the offset that were read before, when the log was another file. */
  readonly known?: KnownLines;
}
