/** What reads one of the files that a log consists of. Promise: its segment never runs ahead of what it gave. */
import type { Notice } from "../../std/notice.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";
import type { LineReader } from "../source.js";

/** Gives "end" once the file holds nothing more for this run. */
export interface PartReader extends LineReader {
  /** Whether the file changed while it was read, so that it was not read to its end. */
  isDisturbed(): boolean;
  /** How many bytes of the file are left to be read, if that is known. */
  unreadBytes?(): number;
  /** What a position says of this file now. */
  segment(): Segment;
}

export type LinesChunk = Exclude<Chunk, { readonly kind: "end" }>;

/** Whether a chunk has anything that may be given: a hole that no line follows has nothing. */
export function hasText(chunk: LinesChunk): boolean {
  return chunk.kind === "long line" ? chunk.bytes.length > 0 : chunk.lengthBytes > 0;
}

/** What a file's last unit is where its end is missing: a line is given all the same, the others are not. */
export type Unfinished = "line" | "record" | "hole";

export function unfinishedNotice(where: string, unfinished: Unfinished, lengthBytes: number): Notice {
  switch (unfinished) {
    case "line":
      return { where, what: "its last line has no newline", done: "reported as it stands" };
    case "record":
      return { where, what: `ends in ${lengthBytes} bytes of a cut record`, done: "left out", isEvent: true };
    case "hole":
      return { where, what: `ends in ${lengthBytes} NUL bytes`, done: "left out" };
  }
}
