/** What reads one of the files that a log consists of. Promise: its segment never runs ahead of what it gave. */
import type { Notice } from "../../std/notice.js";
import type { Segment } from "../rotation/segment.js";
import type { LineReader } from "../source.js";

/** Gives "end" once the file holds nothing more for this run. */
export interface PartReader extends LineReader {
  /** Whether the file changed while it was read, so that it was not read to its end. */
  isDisturbed(): boolean;
  /** What a position says of this file now. */
  segment(): Segment;
}

/** What is said of a file's last unit where its end is missing: a line is given all the same, a record is not. */
export function unfinishedNotice(where: string, isTextual: boolean, lengthBytes: number): Notice {
  if (isTextual) return { where, what: "its last line has no newline", done: "reported as it stands" };
  return { where, what: `ends in ${lengthBytes} bytes of a cut record`, done: "left out", isEvent: true };
}
