/** What reads one of the files that a log consists of. Promise: its segment never runs ahead of what it gave. */
import type { Notice } from "../../std/notice.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";

export interface PartReader {
  /** As of Reader; "end" once the part holds nothing more for this run. */
  read(into: Uint8Array): Promise<Chunk>;
  /** Whether the file changed under our eyes, so that it was not read to its end. */
  isDisturbed(): boolean;
  /** What a position says of this part now. */
  segment(): Segment;
  notices(): readonly Notice[];
  close(): Promise<void>;
}
